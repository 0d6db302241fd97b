package dev.hyperbrush.graph;

/**
 * A transformer over the positions of an image that also attends to the prompt (diffusers' {@code
 * Transformer2DModel}; latent diffusion, arXiv 2112.10752).
 *
 * @param heads of each attention
 * @param depth number of blocks
 * @param normGroups of the normalization before them
 */
record Transformer2d(int heads, int depth, int normGroups) {
  private static final float NORM_EPSILON = 1e-6f;
  private static final float LAYER_NORM_EPSILON = 1e-5f;
  private static final int FEED_FORWARD_FACTOR = 4;

  /** Image {@code [batch, channels, height, width]}, prompt {@code [batch, tokens, size]}. */
  Feature build(Layers at, Feature image, Feature promptEmbeds) {
    int channels = image.channels();
    Feature x = at.toTokens(at.groupNorm("norm", image, new GroupNorm(normGroups, NORM_EPSILON)));
    x = at.linear("proj_in", x, channels);
    for (int i = 0; i < depth; i++) {
      x = block(at.in("transformer_blocks." + i), x, promptEmbeds);
    }
    x = at.toImage(at.linear("proj_out", x, channels), image);
    return x.with(at.add(x.value(), image.value()));
  }

  private Feature block(Layers at, Feature input, Feature promptEmbeds) {
    Feature x = input;
    Feature normed = at.layerNorm("norm1", x, LAYER_NORM_EPSILON);
    x = x.with(at.add(attention(at.in("attn1"), normed, normed).value(), x.value()));
    normed = at.layerNorm("norm2", x, LAYER_NORM_EPSILON);
    x = x.with(at.add(attention(at.in("attn2"), normed, promptEmbeds).value(), x.value()));
    normed = at.layerNorm("norm3", x, LAYER_NORM_EPSILON);
    return x.with(at.add(feedForward(at.in("ff"), normed).value(), x.value()));
  }

  private Feature attention(Layers at, Feature x, Feature context) {
    int channels = x.channels();
    Feature query = at.linearWithoutBias("to_q", x, channels);
    Feature key = at.linearWithoutBias("to_k", context, channels);
    Feature value = at.linearWithoutBias("to_v", context, channels);
    Feature attended = at.attention(query, key, value, heads, Value.NONE);
    return at.linear("to_out.0", attended, channels);
  }

  /** With a gated GELU (GEGLU, arXiv 2002.05202). */
  private Feature feedForward(Layers at, Feature x) {
    int inner = FEED_FORWARD_FACTOR * x.channels();
    Layers net = at.in("net");
    return net.linear("2", net.in("0").gatedGelu("proj", x, inner), x.channels());
  }
}
