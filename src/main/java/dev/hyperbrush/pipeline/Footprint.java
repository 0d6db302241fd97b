package dev.hyperbrush.pipeline;

import java.util.List;

/**
 * About how much memory the weights of a model's networks take when they are open, in bytes.
 *
 * <p>Immutable.
 *
 * @param textEncoders one for each
 */
record Footprint(List<Long> textEncoders, long unet, long vae) {
  Footprint {
    textEncoders = List.copyOf(textEncoders);
  }
}
