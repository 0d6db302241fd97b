package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.denoiser.Denoiser;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.textencoder.TextEncoder;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.vae.TinyDecoder;
import dev.hyperbrush.vae.Vae;
import java.util.List;
import java.util.Set;

/**
 * Opens the networks of one model. Opening loads weights; who asks for a network owns it, closes
 * it, and may ask for it again. Owned by one thread.
 */
interface Networks extends AutoCloseable {
  /** The networks whose weights LoRAs can change. */
  enum Part {
    UNET,
    TEXT_ENCODERS
  }

  /**
   * What another set of LoRAs means.
   *
   * @param changed networks that have to be opened anew
   * @param notices what people should know about the LoRAs
   */
  record Fused(Set<Part> changed, List<Phrase> notices) {
    public Fused {
      changed = Set.copyOf(changed);
      notices = List.copyOf(notices);
    }
  }

  ModelFamily family();

  DiffusionPipeline.Settings settings();

  /** What its networks take when they are open. */
  Footprint footprint();

  /** One for each text encoder. */
  List<ClipTokenizer> tokenizers();

  /**
   * Networks that are opened from now on have these LoRAs fused, and no others.
   *
   * @throws dev.hyperbrush.generation.Refusal when one of them cannot be; all is then as before
   */
  Fused fuse(List<LoraWeight> loras);

  /** The text encoder of this index, from 0. */
  TextEncoder openTextEncoder(int index);

  /** The textual inversions whose names are words of prompts. */
  default EmbeddingFolder embeddings() {
    return EmbeddingFolder.none();
  }

  Denoiser openDenoiser();

  Vae openVae();

  /** The tiny decoder beside the VAE; who asks for it closes it. */
  default TinyDecoder tinyDecoder() {
    return TinyDecoder.none();
  }

  /** Lets go of files; the networks that were opened stay open. */
  @Override
  default void close() {}
}
