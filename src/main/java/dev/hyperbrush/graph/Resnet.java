package dev.hyperbrush.graph;

import java.util.Optional;

/**
 * Two convolutions with a way around them (arXiv 1512.03385), told the time in between.
 *
 * @param norm before each convolution
 * @param timeEmbedding {@code [batch, size]}, activated; an autoencoder has none
 */
record Resnet(GroupNorm norm, Optional<Feature> timeEmbedding) {

  /** {@code [batch, channels, height, width]} to as many of {@code out} channels. */
  Feature build(Layers at, Feature x, int out) {
    Feature h = at.conv("conv1", at.groupNormSilu("norm1", x, norm), out, 3);
    if (timeEmbedding.isPresent()) {
      Feature time = at.linear("time_emb_proj", timeEmbedding.get(), out);
      h = h.with(at.add(h.value(), at.reshape(time.value(), -1, out, 1, 1)));
    }
    h = at.conv("conv2", at.groupNormSilu("norm2", h, norm), out, 3);
    Feature around = x.channels() == out ? x : at.conv("conv_shortcut", x, out, 1);
    return h.with(at.add(around.value(), h.value()));
  }
}
