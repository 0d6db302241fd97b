package dev.hyperbrush.checkpoint;

import java.util.List;

/** The change of one weight as a LoRA file describes it, before alpha and strength. Immutable. */
interface LoraDelta {
  /**
   * The shape of the weight that this can be added to, as {@code [out, in, kernel...]}; {@code
   * [out, columns]} where the file does not tell inputs from kernel.
   */
  List<Long> weightShape();

  /**
   * Adds {@code factor} times the change. Reads the file, on any thread.
   *
   * @param weight row-major, of as many rows and values as {@link #weightShape} says
   */
  void addTo(float[] weight, float factor);
}
