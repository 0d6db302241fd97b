package dev.hyperbrush.checkpoint;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The tensors of one component of a model, by name: where they lie in which file.
 *
 * <p>Immutable.
 */
public final class Weights {
  private final String component;
  private final Path folder;
  private final Map<String, WeightTensor> tensors;

  private Weights(String component, Path folder, Map<String, WeightTensor> tensors) {
    this.component = component;
    this.folder = folder;
    this.tensors = tensors;
  }

  /** Finds and opens the weights in a component's folder, one file or several shards. */
  public static Weights open(String component, Path folder) {
    Map<String, WeightTensor> tensors = WeightFolder.tensors(folder);
    boolean vae = component.equals("vae");
    return of(component, folder, vae ? VaeNames.asDiffusers(tensors) : tensors);
  }

  /** All tensors of one file. */
  public static Weights of(String component, SafetensorsFile file) {
    return of(component, file.path(), file.tensors());
  }

  /**
   * These tensors.
   *
   * @param origin the file or folder that they are of, for messages
   */
  static Weights of(String component, Path origin, Map<String, WeightTensor> tensors) {
    Path folder =
        tensors.values().stream()
            .map(tensor -> parent(tensor.file()))
            .distinct()
            .reduce(Weights::common)
            .orElseThrow(() -> WeightFileProblem.broken(origin, "it holds no tensors"));
    return new Weights(component, folder, Collections.unmodifiableMap(tensors));
  }

  /** What these weights are of: {@code unet}, {@code text_encoder} and so on. */
  public String component() {
    return component;
  }

  public Set<String> names() {
    return tensors.keySet();
  }

  public Optional<WeightTensor> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** As {@link #find}, of a tensor that the model cannot do without. */
  public WeightTensor get(String name) {
    return find(name)
        .orElseThrow(() -> new Refusal(ReasonCode.WEIGHT_MISSING, component, name, folder));
  }

  /** The real folder that all files are in or below: ONNX Runtime reads no file outside of it. */
  public Path folder() {
    return folder;
  }

  /** The path of the tensor's file relative to {@link #folder}, with {@code /} on every system. */
  public String location(WeightTensor tensor) {
    return StreamSupport.stream(folder.relativize(tensor.file()).spliterator(), false)
        .map(Path::toString)
        .collect(joining("/"));
  }

  /** How many numbers all of them have together. */
  public long elements() {
    return tensors.values().stream()
        .mapToLong(tensor -> tensor.length() / tensor.dtype().bytes())
        .sum();
  }

  /** The real paths of all files that tensors lie in. */
  public Set<Path> files() {
    return tensors.values().stream().map(WeightTensor::file).collect(toCollection(TreeSet::new));
  }

  /** What tells these files from all others and from their own later versions. */
  public String stamp() {
    return files().stream()
        .map(path -> path + " " + path.toFile().length() + " " + path.toFile().lastModified())
        .collect(joining("\n"));
  }

  /**
   * The same with these tensors in place of those of their names: of the same shape, in any file
   * and of any element type.
   */
  public Weights withTensors(Map<String, WeightTensor> others) {
    Map<String, WeightTensor> all = new LinkedHashMap<>(tensors);
    others.forEach((name, other) -> {
      if (!get(name).shape().equals(other.shape())) {
        throw new IllegalArgumentException(name + " has shape " + get(name).shape() + ": " + other);
      }
      all.put(name, other);
    });
    return of(component, folder, all);
  }

  private static Path common(Path a, Path b) {
    Path common = a;
    while (!b.startsWith(common)) {
      common = common.getParent();
      if (common == null) {
        throw new Refusal(ReasonCode.WEIGHTS_ON_TWO_DRIVES, a, b);
      }
    }
    return common;
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no parent folder");
    }
    return parent;
  }
}
