package dev.hyperbrush.graph;

/**
 * A value whose channel count the following layers depend on.
 *
 * @param channels length of the channel axis: the second of {@code [batch, channels, height,
 *     width]}, the last of everything else
 */
record Feature(Value value, int channels) {
  /** Another value with as many channels. */
  Feature with(Value other) {
    return new Feature(other, channels);
  }
}
