package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.AppliedLora;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.DiffusersFolder;
import dev.hyperbrush.checkpoint.LoraFile;
import dev.hyperbrush.checkpoint.LoraFusion;
import dev.hyperbrush.checkpoint.LoraReport;
import dev.hyperbrush.denoiser.OnnxDenoiser;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.textencoder.OnnxTextEncoder;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.vae.OnnxVae;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model in memory: its sessions, with LoRAs fused into the weights. Another set of LoRAs opens
 * only those sessions anew whose weights it changes. Owned by one thread.
 */
final class LoadedModel implements AutoCloseable {
  private final ModelVariant variant;
  private final DiffusersFolder files;
  private final Function<String, Path> loraFiles;
  private final OnnxSettings settings;
  private final LoraFusion fusion;
  private final DiffusionPipeline.Settings says;
  private final ClipTokenizer tokenizer;
  private final ClipTokenizer tokenizer2;
  private final OnnxVae vae;

  private Optional<PromptEncoder> prompts = Optional.empty();
  private Optional<OnnxDenoiser> denoiser = Optional.empty();
  private Optional<List<Source>> fused = Optional.empty();
  private List<Phrase> notices = List.of();

  private LoadedModel(
      ModelVariant variant,
      DiffusersFolder files,
      Function<String, Path> loraFiles,
      OnnxSettings settings) {
    this.variant = variant;
    this.files = files;
    this.loraFiles = loraFiles;
    this.settings = settings;
    this.fusion = LoraFusion.of(files);
    this.says =
        new DiffusionPipeline.Settings(
            SchedulerConfig.of(files.scheduler().json(), files.scheduler().file().toString()),
            files.forceZerosForEmptyPrompt(),
            files.unet().config().integer("in_channels", 1, 64));
    this.tokenizer = ClipTokenizer.load(files.tokenizer());
    this.tokenizer2 = ClipTokenizer.load(files.tokenizer2());
    this.vae = OnnxVae.load(files.vae(), settings);
  }

  static LoadedModel open(
      ModelVariant variant, Function<String, Path> loraFiles, OnnxSettings settings) {
    return new LoadedModel(variant, DiffusersFolder.open(variant.folder()), loraFiles, settings);
  }

  boolean isOf(ModelVariant other) {
    return variant.equals(other);
  }

  /**
   * Fuses these LoRAs and no others.
   *
   * @throws dev.hyperbrush.generation.Refusal when one of them cannot be; the model then is as
   *     before
   */
  void fuse(List<LoraWeight> loras) {
    List<Source> sources = loras.stream().map(this::source).toList();
    if (fused.filter(sources::equals).isPresent()) {
      return;
    }
    LoraFusion.Change change = fusion.fuse(sources.stream().map(Source::open).toList());
    notices = change.reports().stream().map(LoraReport::notice).flatMap(Optional::stream).toList();
    if (denoiser.isEmpty() || change.components().contains("unet")) {
      openDenoiser();
    }
    if (prompts.isEmpty()
        || change.components().contains("text_encoder")
        || change.components().contains("text_encoder_2")) {
      openPrompts();
    }
    fused = Optional.of(sources);
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

  /** The old session goes first: two UNets of full size do not fit into memory. */
  private void openDenoiser() {
    denoiser.ifPresent(OnnxDenoiser::close);
    denoiser = Optional.empty();
    denoiser = Optional.of(OnnxDenoiser.load(withFused(files.unet()), settings));
  }

  private void openPrompts() {
    prompts.ifPresent(PromptEncoder::close);
    prompts = Optional.empty();
    OnnxTextEncoder first = OnnxTextEncoder.load(withFused(files.textEncoder()), settings);
    try {
      OnnxTextEncoder second = OnnxTextEncoder.load(withFused(files.textEncoder2()), settings);
      prompts =
          Optional.of(
              new PromptEncoder(
                  new PromptEncoder.Half(tokenizer, first),
                  new PromptEncoder.Half(tokenizer2, second)));
    } finally {
      if (prompts.isEmpty()) {
        first.close();
      }
    }
  }

  private Component withFused(Component component) {
    return component.withWeights(fusion.weights(component.weights().component()));
  }

  /** Whether all sessions are open: not so when opening one has failed. */
  boolean isWhole() {
    return denoiser.isPresent() && prompts.isPresent();
  }

  DiffusionPipeline pipeline() {
    return new DiffusionPipeline(prompts.orElseThrow(), denoiser.orElseThrow(), vae, says);
  }

  /** What people should know about the LoRAs that are fused. */
  List<Phrase> notices() {
    return notices;
  }

  @Override
  public void close() {
    prompts.ifPresent(PromptEncoder::close);
    denoiser.ifPresent(OnnxDenoiser::close);
    vae.close();
  }
}
