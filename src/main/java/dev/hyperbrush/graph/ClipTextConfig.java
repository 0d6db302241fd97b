package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.ModelConfig;

/**
 * The {@code config.json} of a CLIP text encoder (transformers' {@code CLIPTextModel} and {@code
 * CLIPTextModelWithProjection}).
 *
 * <p>Immutable.
 *
 * @param vocabularySize number of token ids
 * @param tokens length of a prompt
 * @param hiddenSize of a token in all layers
 * @param innerSize within a layer's feed-forward part
 * @param layers number of layers
 * @param heads of each attention
 * @param projectionSize of the pooled output, where the weights have a projection
 * @param quickGelu whether the activation is the cheap form of GELU
 * @param normEpsilon of all layer normalizations
 * @param endTokenId what a prompt ends with
 */
record ClipTextConfig(
    int vocabularySize,
    int tokens,
    int hiddenSize,
    int innerSize,
    int layers,
    int heads,
    int projectionSize,
    boolean quickGelu,
    float normEpsilon,
    int endTokenId) {
  private static final int MAX_TOKENS = 1024;

  static ClipTextConfig read(ModelConfig config) {
    ClipTextConfig clip =
        new ClipTextConfig(
            config.integer("vocab_size", 49408, 1, Integer.MAX_VALUE),
            config.integer("max_position_embeddings", 77, 1, MAX_TOKENS),
            config.integer("hidden_size", 1, Supported.LARGEST),
            config.integer("intermediate_size", 1, Supported.LARGEST),
            config.integer("num_hidden_layers", 1, Supported.LARGEST),
            config.integer("num_attention_heads", 1, Supported.LARGEST),
            config.integer("projection_dim", 512, 1, Supported.LARGEST),
            Supported.oneOf(config, "hidden_act", "quick_gelu", "gelu").equals("quick_gelu"),
            (float) config.number("layer_norm_eps", 1e-5, 0, 1),
            config.integer("eos_token_id", 49407, 0, Integer.MAX_VALUE));
    if (clip.hiddenSize % clip.heads != 0) {
      throw config.refusal("num_attention_heads", "a divisor of hidden_size");
    }
    return clip;
  }
}
