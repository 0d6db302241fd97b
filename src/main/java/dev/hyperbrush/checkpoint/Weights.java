package dev.hyperbrush.checkpoint;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The tensors of one component of a model, by name: where they lie in which file, and the few that
 * are replaced by values in memory (weights with LoRAs fused in).
 *
 * <p>Immutable.
 */
public final class Weights {
  private final String component;
  private final Path folder;
  private final Map<String, WeightTensor> tensors;
  private final Map<String, Tensor> replaced;

  private Weights(
      String component,
      Path folder,
      Map<String, WeightTensor> tensors,
      Map<String, Tensor> replaced) {
    this.component = component;
    this.folder = folder;
    this.tensors = tensors;
    this.replaced = replaced;
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
    return new Weights(component, folder, Collections.unmodifiableMap(tensors), Map.of());
  }

  /** What these weights are of: {@code unet}, {@code text_encoder} and so on. */
  public String component() {
    return component;
  }

  public Set<String> names() {
    return tensors.keySet();
  }

  /** The tensor in its file, also when it is replaced: then for its name and shape only. */
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

  /** The values that stand in for some of the tensors of the files, by name; same shapes. */
  public Map<String, Tensor> replaced() {
    return replaced;
  }

  /** The same files, with these and only these tensors replaced. */
  public Weights withReplaced(Map<String, Tensor> values) {
    values.forEach(this::requireSameShape);
    return new Weights(component, folder, tensors, Map.copyOf(values));
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

  private void requireSameShape(String name, Tensor value) {
    WeightTensor tensor = get(name);
    if (!tensor.hasShape(value.shape())) {
      throw new IllegalArgumentException(
          name + " has shape " + tensor.shape() + ", its replacement is a " + value);
    }
  }

  private static Path common(Path a, Path b) {
    Path common = a;
    while (!b.startsWith(common)) {
      common = parent(common);
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
