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
  private static final int USUAL_FACTOR = 8;
  private static final double SCALING_SDXL = 0.13025;
  private static final double SCALING_SD15 = 0.18215;

  private final ExportedFiles files;
  private final OnnxSettings onnx;

  private ExportedNetworks(ExportedFiles files, Resources resources) {
    this.files = files;
    this.onnx = resources.onnx();
  }

  /** Reads configurations; a {@link Refusal} names what is missing. */
  static ExportedNetworks open(ModelSource source, Resources resources) {
    Stream.of(source.unet(), source.vae())
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(replacement -> {
          throw unchangeable(String.valueOf(replacement.getFileName()), source.main());
        });
    return new ExportedNetworks(ExportedFolder.open(source.main()), resources);
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
        onnx);
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
            factor(),
            (float) scalingFactor()),
        onnx);
  }

  private int factor() {
    ModelConfig config = files.vaeDecoder().config();
    return config.has("block_out_channels")
        ? 1 << (config.integers("block_out_channels", 1, MAX_CHANNELS).size() - 1)
        : USUAL_FACTOR;
  }

  /** Exports made long ago leave it out. */
  private double scalingFactor() {
    double usual = files.family() == ModelFamily.SDXL ? SCALING_SDXL : SCALING_SD15;
    return files.vaeDecoder().config().number("scaling_factor", usual, 1e-6, 1e6);
  }
}
