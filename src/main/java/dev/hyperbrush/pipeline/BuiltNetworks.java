package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.AppliedLora;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.LoraFile;
import dev.hyperbrush.checkpoint.LoraFusion;
import dev.hyperbrush.checkpoint.LoraReport;
import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.checkpoint.ModelFiles;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.denoiser.Denoiser;
import dev.hyperbrush.denoiser.OnnxDenoiser;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.textencoder.OnnxTextEncoder;
import dev.hyperbrush.textencoder.TextEncoder;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.vae.OnnxVae;
import dev.hyperbrush.vae.TinyDecoder;
import dev.hyperbrush.vae.Vae;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The networks of a model of which the weights are at hand: graphs are built over them, and LoRAs
 * are fused into them. Owned by one thread.
 */
final class BuiltNetworks implements Networks {
  private final ModelFiles files;
  private final Function<String, Path> loraFiles;
  private final OnnxSettings onnx;
  private final KeptGraphs kept;
  private final Resources resources;
  private final LoraFusion fusion;
  private final Optional<Path> tinyVae;
  private Optional<List<Source>> fused = Optional.empty();
  private Fused last = new Fused(Set.of(), List.of());

  /**
   * @param makeRoom called where opening takes more memory than usual: closes what else is open
   */
  BuiltNetworks(
      ModelSource source,
      Function<String, Path> loraFiles,
      Resources resources,
      Runnable makeRoom) {
    this.files = source.open();
    this.resources = resources.usable(); // the graphs are written for what computes
    this.tinyVae = resources.tinyVae(source, files.family());
    this.loraFiles = loraFiles;
    this.onnx = this.resources.onnx();
    this.kept = new KeptGraphs(this.resources, makeRoom);
    this.fusion = new LoraFusion(files.adaptable(), this.resources.fused());
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
        files.unet().config().integer("in_channels", 1, 64));
  }

  @Override
  public Footprint footprint() {
    return new Footprint(
        files.textEncoders().stream().map(encoder -> bytes(encoder.component())).toList(),
        bytes(files.unet()),
        bytes(files.vae()));
  }

  /** The CPU computes in 32 bits, cards in 16. */
  private long bytes(Component component) {
    int each = onnx.provider().onCard() ? Short.BYTES : Float.BYTES;
    return component.weights().elements() * each;
  }

  @Override
  public List<ClipTokenizer> tokenizers() {
    return files.textEncoders().stream()
        .map(encoder -> ClipTokenizer.load(encoder.tokenizer(), encoder.padding()))
        .toList();
  }

  @Override
  public Fused fuse(List<LoraWeight> loras) {
    List<Source> sources = loras.stream().map(this::source).toList();
    if (fused.filter(sources::equals).isPresent()) {
      return new Fused(Set.of(), last.notices());
    }
    LoraFusion.Change change = fusion.fuse(sources.stream().map(Source::open).toList());
    fused = Optional.of(sources);
    last =
        new Fused(
            parts(change.components()),
            change.reports().stream().map(LoraReport::notices).flatMap(List::stream).toList());
    return last;
  }

  private static Set<Part> parts(Set<String> components) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    components.forEach(
        component -> parts.add(component.equals("unet") ? Part.UNET : Part.TEXT_ENCODERS));
    return parts;
  }

  private Source source(LoraWeight lora) {
    Path file = loraFiles.apply(lora.name());
    return new Source(file, file.toFile().lastModified(), lora.weight());
  }

  /** A LoRA as it lies on the disk now: a file that was replaced is another source. */
  private record Source(Path file, long modified, double weight) {
    AppliedLora open() {
      return new AppliedLora(LoraFile.open(file), weight);
    }
  }

  @Override
  public TextEncoder openTextEncoder(int index) {
    PromptStates states =
        files.family() == ModelFamily.SDXL ? PromptStates.PENULTIMATE : PromptStates.LAST_NORMED;
    Component component = withFused(files.textEncoders().get(index).component());
    OnnxSettings settings = kept.settings(component);
    return OnnxTextEncoder.load(component, states, resources.encoders(settings));
  }

  @Override
  public EmbeddingFolder embeddings() {
    return new EmbeddingFolder(resources.embeddings());
  }

  @Override
  public Denoiser openDenoiser() {
    Component component = withFused(files.unet());
    return OnnxDenoiser.load(component, kept.settings(component));
  }

  @Override
  public TinyDecoder tinyDecoder() {
    return new TinyDecoder(tinyVae, settings().latentChannels(), onnx, resources.vaePolicy());
  }

  @Override
  public Vae openVae() {
    return OnnxVae.load(files.vae(), kept.settings(files.vae()), resources.vaePolicy());
  }

  private Component withFused(Component component) {
    return component.withWeights(fusion.weights(component.weights().component()));
  }

  @Override
  public void close() {
    fusion.close();
  }
}
