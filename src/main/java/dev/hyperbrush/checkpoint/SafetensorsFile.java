package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An opened safetensors file: which tensors it holds and where they lie. Only the header was read;
 * values are read when they are asked for. A file that is not what it claims is refused on opening.
 *
 * <p>Format: 8 bytes little-endian length of the header, the header as JSON, the values
 * (huggingface/safetensors, README).
 *
 * <p>Immutable.
 */
public final class SafetensorsFile {
  private final Path path;
  private final Map<String, WeightTensor> tensors;
  private final Map<String, String> metadata;

  private SafetensorsFile(Path path, SafetensorsHeader header) {
    this.path = path;
    this.tensors = Collections.unmodifiableMap(header.tensors());
    this.metadata = Collections.unmodifiableMap(header.metadata());
  }

  public static SafetensorsFile open(Path path) {
    try {
      // ONNX Runtime refuses links that leave the folder, as those of the Hugging Face cache do.
      Path real = path.toRealPath();
      return new SafetensorsFile(real, SafetensorsHeader.read(real));
    } catch (IOException e) {
      throw WeightFileProblem.unreadable(path, e);
    }
  }

  /** The real path, no link. */
  public Path path() {
    return path;
  }

  /** Names in the order of the file's header. */
  public Set<String> names() {
    return tensors.keySet();
  }

  Map<String, WeightTensor> tensors() {
    return tensors;
  }

  public Optional<WeightTensor> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** The values as floats, of a tensor that must be there. */
  public Tensor read(String name) {
    return find(name).orElseThrow(() -> new Refusal(ReasonCode.TENSOR_MISSING, name, path)).read();
  }

  /** What the makers wrote into the header's {@code __metadata__}. */
  public Map<String, String> metadata() {
    return metadata;
  }
}
