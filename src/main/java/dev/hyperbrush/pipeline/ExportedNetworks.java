package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ExportedFiles;
import dev.hyperbrush.checkpoint.ExportedFolder;
import dev.hyperbrush.checkpoint.ModelConfig;
import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.denoiser.Denoiser;
import dev.hyperbrush.denoiser.ExportedDenoiser;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.textencoder.ExportedTextEncoder;
import dev.hyperbrush.textencoder.TextEncoder;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.vae.ExportedVae;
import dev.hyperbrush.vae.TinyDecoder;
import dev.hyperbrush.vae.Vae;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The networks of a model that somebody has exported to ONNX: they run as they are, and no LoRA can
 * be put into them, since an export may have folded, renamed or cast any weight. Owned by one
 * thread.
 */
final class ExportedNetworks implements Networks {
  private static final int MAX_CHANNELS = 1 << 16;
  private static final int MAX_LAYERS = 1 << 10;
  private static final List<Integer> USUAL_CHANNELS = List.of(128, 256, 512, 512);
  private static final double SCALING_SDXL = 0.13025;
  private static final double SCALING_SD15 = 0.18215;

  private final ExportedFiles files;
  private final Resources resources;
  private final OnnxSettings onnx;
  private final Optional<Path> tinyVae;

  private ExportedNetworks(ExportedFiles files, Resources resources, Optional<Path> tinyVae) {
    this.files = files;
    this.resources = resources;
    this.onnx = resources.onnx();
    this.tinyVae = tinyVae;
  }

  /** Reads configurations; a {@link Refusal} names what is missing. */
  static ExportedNetworks open(ModelSource source, Resources resources) {
    Stream.of(source.unet(), source.vae())
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(replacement -> {
          throw unchangeable(String.valueOf(replacement.getFileName()), source.main());
        });
    ExportedFiles files = ExportedFolder.open(source.main());
    return new ExportedNetworks(
        files, resources.usable(), resources.tinyVae(source, files.family()));
  }

  private static Refusal unchangeable(String addition, Path model) {
    return new Refusal(ReasonCode.EXPORT_UNCHANGEABLE, addition, model.getFileName());
  }

  @Override
  public ModelFamily family() {
    return files.family();
  }

  @Override
  public DiffusionPipeline.Settings settings() {
    return new DiffusionPipeline.Settings(
        SchedulerConfig.of(files.scheduler().json(), files.scheduler().file().toString()),
        files.forceZerosForEmptyPrompt(),
        files.unet().config().integer("in_channels", 4, 1, 64));
  }

  /** What lies on the disk; 16-bit weights take twice as much on the CPU. */
  @Override
  public Footprint footprint() {
    return new Footprint(
        files.textEncoders().stream().map(encoder -> encoder.network().bytes()).toList(),
        files.unet().bytes(),
        files.vaeDecoder().bytes());
  }

  @Override
  public List<ClipTokenizer> tokenizers() {
    return files.textEncoders().stream()
        .map(encoder -> ClipTokenizer.load(encoder.tokenizer()))
        .toList();
  }

  @Override
  public Fused fuse(List<LoraWeight> loras) {
    if (!loras.isEmpty()) {
      throw unchangeable(loras.getFirst().name(), files.origin());
    }
    return new Fused(Set.of(), List.of());
  }

  @Override
  public TextEncoder openTextEncoder(int index) {
    ExportedFiles.Network network = files.textEncoders().get(index).network();
    boolean isSdxl = files.family() == ModelFamily.SDXL;
    return ExportedTextEncoder.load(
        network.name(),
        network.graph(),
        new ExportedTextEncoder.Kind(
            isSdxl ? PromptStates.PENULTIMATE : PromptStates.LAST_NORMED,
            isSdxl ? network.config().integer("num_hidden_layers", 1, MAX_LAYERS) : 1,
            isSdxl && index == 1),
        resources.encoders(onnx));
  }

  /** None of them can be used here: so that whoever writes the name of one is told. */
  @Override
  public EmbeddingFolder embeddings() {
    return new EmbeddingFolder(resources.embeddings());
  }

  @Override
  public TinyDecoder tinyDecoder() {
    return new TinyDecoder(tinyVae, settings().latentChannels(), onnx, resources.vaePolicy());
  }

  @Override
  public Denoiser openDenoiser() {
    boolean isSdxl = files.family() == ModelFamily.SDXL;
    return ExportedDenoiser.load(files.unet().graph(), isSdxl, onnx);
  }

  @Override
  public Vae openVae() {
    return ExportedVae.load(
        new ExportedVae.Halves(
            files.vaeDecoder().graph(),
            files.vaeEncoder().map(ExportedFiles.Network::graph),
            channels(),
            (float) scalingFactor()),
        onnx,
        resources.vaePolicy());
  }

  private List<Integer> channels() {
    ModelConfig config = files.vaeDecoder().config();
    return config.has("block_out_channels")
        ? config.integers("block_out_channels", 1, MAX_CHANNELS)
        : USUAL_CHANNELS;
  }

  /** Exports made long ago leave it out. */
  private double scalingFactor() {
    double usual = files.family() == ModelFamily.SDXL ? SCALING_SDXL : SCALING_SD15;
    return files.vaeDecoder().config().number("scaling_factor", usual, 1e-6, 1e6);
  }
}
