package dev.hyperbrush.generation;

/**
 * Why something was refused or changed. The names are stable and the same on every surface; the
 * sentences are the English originals of all translations, with {@code %1$s} places.
 */
public enum ReasonCode {
  // What was asked for
  PROMPT_EMPTY(
      "The prompt is empty. Say what to draw, for example: /imagine a red circle on a blue"
          + " background"),
  SIZE_OUT_OF_RANGE("%1$s %2$s is not possible: it must be between %3$s and %4$s pixels."),
  SIZE_NOT_MULTIPLE("%1$s %2$s is not a multiple of %3$s."),
  SEED_OUT_OF_RANGE(
      "seed %1$s is not possible: use 0 to 9223372036854775807, or -1 for a random one."),
  STEPS_OUT_OF_RANGE("steps %1$s is not possible: use %2$s to %3$s."),
  GUIDANCE_OUT_OF_RANGE("guidance %1$s is not possible: use %2$s to %3$s; 0 and 1 mean none."),
  ETA_OUT_OF_RANGE("eta %1$s is not possible: use 0 to 1."),
  COUNT_OUT_OF_RANGE("count %1$s is not possible: use %2$s to %3$s."),
  LORA_WEIGHT_OUT_OF_RANGE("LoRA %1$s with weight %2$s is not possible: use %3$s to %4$s."),

  // While drawing
  PICTURE_BROKEN(
      "The model drew nothing usable: %1$s. Try another seed, fewer LoRAs or a lower guidance; if"
          + " it happens always, the model's files are likely damaged or its numbers too large for"
          + " half precision."),
  DRAWING_FAILED("The picture could not be drawn: %1$s"),

  MODEL_GONE("The model “%1$s” is no longer installed. Choose another; /models lists them."),

  // Notices
  PROMPT_CUT(
      "The prompt is longer than the %1$s tokens the model reads; it ignored the end: “%2$s”."),
  NEGATIVE_PROMPT_CUT(
      "The negative prompt is longer than the %1$s tokens the model reads; it ignored the end:"
          + " “%2$s”.");

  private final String english;

  ReasonCode(String english) {
    this.english = english;
  }

  /** The English sentence, a {@link String#format} pattern. */
  public String english() {
    return english;
  }
}
