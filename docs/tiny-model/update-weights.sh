#!/bin/sh
# Puts newer weights of the built-in model into the program:
#   docs/tiny-model/update-weights.sh DIR
# DIR is what training/export.py writes: tiny-sdxl/ and lora/, and, when there, MODEL_CARD.md and contact-sheet.png.
# Then build and run the tests; installed copies renew themselves at their next start, since the hashes differ.
set -eu
from=${1:?usage: update-weights.sh DIR (a folder with tiny-sdxl/ and lora/)}
here=$(cd "$(dirname "$0")" && pwd)
to=$here/../../src/main/resources/dev/hyperbrush/models/tiny
fast=$from/lora/tiny-sdxl-fast-lora.safetensors
outline=$from/lora/outline-style-lora.safetensors
for needed in "$from/tiny-sdxl/model_index.json" "$fast" "$outline"; do
  [ -f "$needed" ] || { echo "update-weights: $needed is missing" >&2; exit 1; }
done

rm -rf "$to"
mkdir -p "$to/lora"
(cd "$from/tiny-sdxl" && tar cf - .) | (cd "$to" && tar xf -)
cp "$fast" "$to/lora/tiny-fast.safetensors"
cp "$outline" "$to/lora/outline-style.safetensors"
find "$to" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +

if command -v sha256sum >/dev/null; then sum=sha256sum; else sum="shasum -a 256"; fi
(cd "$to" && find . -type f ! -name SHA256SUMS | sed 's|^\./||' | LC_ALL=C sort | xargs $sum >SHA256SUMS)

for card in MODEL_CARD.md contact-sheet.png; do
  [ -f "$from/$card" ] && cp "$from/$card" "$here/$card" && chmod 644 "$here/$card"
done
echo "update-weights: $(wc -l <"$to/SHA256SUMS") files, $(du -sk "$to" | cut -f1) KiB"
