package dev.hyperbrush.install;

import dev.hyperbrush.checkpoint.CheckpointKind;
import java.util.Optional;

/** What a weight file is for, and where it goes then. */
public enum FileKind {
  LORA("a LoRA", "loras", "To use it: --lora %s"),
  MODEL("a model in one file", "models", "To draw with it: --model %s"),
  UNET(
      "a UNet without the rest of a model",
      "unets",
      "To use it, name it in models.yaml: unet: unets/%s.safetensors"),
  VAE("a VAE", "vae", "To use it, name it in models.yaml: vae: vae/%s.safetensors"),
  TINY_VAE("a tiny decoder", "vae", "To use it, name it in models.yaml: taesd: vae/%s.safetensors"),
  EMBEDDING("a textual inversion", "embeddings", "Its name in a prompt uses it: %s");

  private final String words;
  private final String folder;
  private final String use;

  FileKind(String words, String folder, String use) {
    this.words = words;
    this.folder = folder;
    this.use = use;
  }

  /** In English. */
  public String words() {
    return words;
  }

  /** Below the data folder. */
  String folder() {
    return folder;
  }

  /** How to draw with one of this name, in English. */
  public String use(String name) {
    return use.formatted(name);
  }

  /** Empty where nothing of its kind is used here. */
  static Optional<FileKind> of(CheckpointKind kind) {
    return switch (kind.use()) {
      case MODEL -> Optional.of(MODEL);
      case UNET -> Optional.of(UNET);
      case VAE -> Optional.of(VAE);
      case TINY_VAE -> Optional.of(TINY_VAE);
      case LORA -> Optional.of(LORA);
      case EMBEDDING -> Optional.of(EMBEDDING);
      case OTHER_MODEL, ADDITION, NONE -> Optional.empty();
    };
  }
}
