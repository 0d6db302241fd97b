package dev.hyperbrush.pipeline;

import dev.hyperbrush.denoiser.Denoiser;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.pipeline.Networks.Part;
import dev.hyperbrush.textencoder.TextEncoder;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.vae.Vae;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model in memory: its sessions, with LoRAs fused into the weights. Another set of LoRAs opens
 * only those sessions anew whose weights it changes. Owned by one thread.
 */
final class LoadedModel implements AutoCloseable {
  private final ModelVariant variant;
  private final Networks networks;
  private final DiffusionPipeline.Settings settings;
  private final List<ClipTokenizer> tokenizers;
  private final Vae vae;

  private Optional<PromptEncoder> prompts = Optional.empty();
  private Optional<Denoiser> denoiser = Optional.empty();
  private List<Phrase> notices = List.of();

  private LoadedModel(ModelVariant variant, Networks networks) {
    this.variant = variant;
    this.networks = networks;
    DiffusionPipeline.Settings written = networks.settings();
    this.settings = variant.predictionType().map(written::withPredictionType).orElse(written);
    this.tokenizers = networks.tokenizers();
    this.vae = networks.openVae();
  }

  static LoadedModel open(
      ModelVariant variant, Function<String, Path> loraFiles, Resources resources) {
    return new LoadedModel(
        variant, new BuiltNetworks(variant.source().open(), loraFiles, resources));
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
    Networks.Fused fused = networks.fuse(loras);
    notices = fused.notices();
    if (denoiser.isEmpty() || fused.changed().contains(Part.UNET)) {
      openDenoiser();
    }
    if (prompts.isEmpty() || fused.changed().contains(Part.TEXT_ENCODERS)) {
      openPrompts();
    }
  }

  /** The old session goes first: two UNets of full size do not fit into memory. */
  private void openDenoiser() {
    denoiser.ifPresent(Denoiser::close);
    denoiser = Optional.empty();
    denoiser = Optional.of(networks.openDenoiser());
  }

  private void openPrompts() {
    prompts.ifPresent(PromptEncoder::close);
    prompts = Optional.empty();
    List<PromptEncoder.Part> parts = new ArrayList<>();
    try {
      for (int i = 0; i < tokenizers.size(); i++) {
        parts.add(new PromptEncoder.Part(tokenizers.get(i), networks.openTextEncoder(i)));
      }
      prompts = Optional.of(new PromptEncoder(parts));
    } finally {
      if (prompts.isEmpty()) {
        parts.stream().map(PromptEncoder.Part::encoder).forEach(TextEncoder::close);
      }
    }
  }

  /** Whether all sessions are open: not so when opening one has failed. */
  boolean isWhole() {
    return denoiser.isPresent() && prompts.isPresent();
  }

  DiffusionPipeline pipeline() {
    return new DiffusionPipeline(prompts.orElseThrow(), denoiser.orElseThrow(), vae, settings);
  }

  /** What people should know about the LoRAs that are fused. */
  List<Phrase> notices() {
    return notices;
  }

  @Override
  public void close() {
    prompts.ifPresent(PromptEncoder::close);
    denoiser.ifPresent(Denoiser::close);
    vae.close();
  }
}
