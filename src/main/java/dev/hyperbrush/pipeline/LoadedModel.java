package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ExportedFolder;
import dev.hyperbrush.checkpoint.ModelSource;
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
import java.util.function.Function;

/**
 * A model whose networks are opened when they are needed, with LoRAs fused into the weights, and
 * closed when memory is. Another set of LoRAs closes only those whose weights it changes. Owned by
 * one thread.
 */
final class LoadedModel implements AutoCloseable {
  private final Networks networks;
  private final OpenNetworks open;
  private final DiffusionPipeline.Settings settings;
  private final List<ClipTokenizer> tokenizers;
  private final Footprint footprint;
  private final Denoiser denoiser;
  private final Decoders decoders;

  private PromptEncoder prompts;
  private List<Phrase> notices = List.of();

  private LoadedModel(ModelVariant variant, Networks networks, OpenNetworks open) {
    this.networks = networks;
    this.open = open;
    DiffusionPipeline.Settings written = networks.settings();
    this.settings = variant.predictionType().map(written::withPredictionType).orElse(written);
    this.tokenizers = networks.tokenizers();
    this.footprint = networks.footprint();
    this.denoiser =
        new HeldDenoiser(
            open.held(networks, footprint.unet(), networks::openDenoiser, Denoiser::close));
    this.decoders =
        new Decoders(
            new HeldVae(open.held(networks, footprint.vae(), networks::openVae, Vae::close)),
            networks.tinyDecoder());
    this.prompts = prompts(networks, open, tokenizers, footprint);
  }

  static LoadedModel open(
      ModelVariant variant,
      Function<String, Path> loraFiles,
      Resources resources,
      OpenNetworks open) {
    ModelSource source = variant.source();
    Networks networks =
        ExportedFolder.isOne(source.main())
            ? ExportedNetworks.open(source, resources)
            : new BuiltNetworks(source, loraFiles, resources, open::closeAll);
    return new LoadedModel(variant, networks, open);
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
    if (fused.changed().contains(Part.UNET)) {
      denoiser.close();
    }
    if (fused.changed().contains(Part.TEXT_ENCODERS)) {
      prompts.close();
      prompts = prompts(networks, open, tokenizers, footprint); // which remembers no prompts
    }
  }

  private static PromptEncoder prompts(
      Networks networks, OpenNetworks open, List<ClipTokenizer> tokenizers, Footprint footprint) {
    List<PromptEncoder.Part> parts = new ArrayList<>();
    for (int i = 0; i < tokenizers.size(); i++) {
      int index = i;
      Held<TextEncoder> encoder =
          open.held(
              networks,
              footprint.textEncoders().get(i),
              () -> networks.openTextEncoder(index),
              TextEncoder::close);
      parts.add(new PromptEncoder.Part(tokenizers.get(i), new HeldTextEncoder(encoder)));
    }
    return new PromptEncoder(parts, networks.embeddings());
  }

  DiffusionPipeline pipeline() {
    return new DiffusionPipeline(prompts, denoiser, decoders, settings);
  }

  /** What people should know about the LoRAs that are fused. */
  List<Phrase> notices() {
    return notices;
  }

  @Override
  public void close() {
    prompts.close();
    denoiser.close();
    decoders.close();
    networks.close();
  }
}
