package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The layout in which Hugging Face's optimum exports a model to ONNX: like a folder of diffusers,
 * but with a {@code model.onnx} for each network, the halves of the VAE apart, and weights in the
 * graphs or in files beside them.
 *
 * <p>Immutable.
 */
public final class ExportedFolder {
  private static final String GRAPH = "model.onnx";
  private static final String SCHEDULER = "scheduler/scheduler_config.json";
  private static final String EMPTY_AS_ZEROS = "force_zeros_for_empty_prompt";
  private static final List<String> NETWORKS =
      List.of("unet", "vae_decoder", "vae_encoder", "text_encoder", "text_encoder_2");

  private final Path folder;

  private ExportedFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Whether a folder, or what there is of it, is in this layout. Publishers also put both kinds
   * into one folder; then the safetensors count, since LoRAs can be fused into them.
   */
  public static boolean isOne(Path folder) {
    return NETWORKS.stream().anyMatch(name -> Files.exists(folder.resolve(name).resolve(GRAPH)))
        && children(folder.resolve("unet"))
            .noneMatch(file -> file.toString().endsWith(".safetensors"));
  }

  /** Reads configurations; a {@link Refusal} names what is missing. */
  public static ExportedFiles open(Path folder) {
    return new ExportedFolder(folder).open();
  }

  /** Whether it is an SDXL or an SD 1.5; a {@link Refusal} names another kind of model. */
  public static ModelFamily family(Path folder) {
    return new ExportedFolder(folder).family();
  }

  private ExportedFiles open() {
    ModelFamily family = family();
    List<String> encoders = family == ModelFamily.SDXL ? List.of("", "_2") : List.of("");
    requireFiles(encoders);
    return new ExportedFiles(
        folder,
        family,
        network("unet"),
        network("vae_decoder"),
        Optional.of("vae_encoder").filter(this::hasGraph).map(this::network),
        encoders.stream().map(this::textEncoder).toList(),
        ModelConfig.read(folder.resolve(SCHEDULER)),
        family == ModelFamily.SDXL
            && index().map(index -> index.flag(EMPTY_AS_ZEROS, true)).orElse(true));
  }

  private ModelFamily family() {
    ModelConfig unet = config("unet");
    ModelFamily family = index().map(DiffusersFolder::family).orElseGet(this::guess);
    if (!unet.json().isEmpty()) {
      DiffusersFolder.requireUnetOf(family, unet);
    }
    return family;
  }

  /** For folders without {@code model_index.json}. */
  private ModelFamily guess() {
    return Files.isDirectory(folder.resolve("text_encoder_2"))
        ? ModelFamily.SDXL
        : ModelFamily.SD15;
  }

  private Optional<ModelConfig> index() {
    return Optional.of(folder.resolve("model_index.json"))
        .filter(Files::exists)
        .map(ModelConfig::read);
  }

  private void requireFiles(List<String> encoders) {
    Stream<String> graphs =
        Stream.concat(
                Stream.of("unet", "vae_decoder"),
                encoders.stream().map(number -> "text_encoder" + number))
            .map(name -> name + "/" + GRAPH);
    List<String> missing =
        Stream.concat(graphs, Stream.of(SCHEDULER))
            .filter(file -> !Files.exists(folder.resolve(file)))
            .toList();
    if (!missing.isEmpty()) {
      throw new Refusal(ReasonCode.EXPORT_INCOMPLETE, folder, String.join(", ", missing));
    }
  }

  private boolean hasGraph(String name) {
    return Files.exists(folder.resolve(name).resolve(GRAPH));
  }

  private ExportedFiles.TextEncoder textEncoder(String number) {
    return new ExportedFiles.TextEncoder(
        network("text_encoder" + number), folder.resolve("tokenizer" + number));
  }

  private ExportedFiles.Network network(String name) {
    Path network = folder.resolve(name);
    Path graph = graph(network);
    long data =
        children(network).filter(ExportedFolder::mayBeData).mapToLong(ExportedFolder::size).sum();
    return new ExportedFiles.Network(name, graph, config(name), size(graph) + data);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw WeightFileProblem.unreadable(file, e);
    }
  }

  private ModelConfig config(String name) {
    Path file = folder.resolve(name).resolve("config.json");
    return Files.exists(file)
        ? ModelConfig.read(file)
        : new ModelConfig(file, JsonNodeFactory.instance.objectNode());
  }

  /**
   * The real path of a graph. ONNX Runtime looks for external data beside it and follows no link
   * that leaves its folder, such as those of Hugging Face's download cache.
   */
  private static Path graph(Path network) {
    Path link = network.resolve(GRAPH);
    try {
      Path real = link.toRealPath();
      Path home = network.toRealPath();
      boolean linked = !real.startsWith(home);
      for (Path data : children(network).filter(ExportedFolder::mayBeData).toList()) {
        if (linked || !data.toRealPath().startsWith(home)) {
          throw new Refusal(ReasonCode.EXPORT_LINKED, linked ? link : data);
        }
      }
      return real;
    } catch (IOException e) {
      throw WeightFileProblem.unreadable(link, e);
    }
  }

  private static boolean mayBeData(Path file) {
    String name = file.getFileName().toString();
    return !name.equals(GRAPH) && !name.endsWith(".json") && !Files.isDirectory(file);
  }

  private static Stream<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw WeightFileProblem.unreadable(folder, e);
    }
  }
}
