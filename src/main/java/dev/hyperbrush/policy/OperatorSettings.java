package dev.hyperbrush.policy;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import java.util.Optional;

/**
 * What whoever runs the program has decided for everyone. Immutable.
 *
 * @param defaultModel id of the model for people who name none; empty for the catalogue's own
 * @param maxPixels largest picture as the model draws it
 * @param maxSteps most steps
 * @param maxCount most pictures of one request
 * @param maxPromptLength most characters of a prompt, and of a negative prompt
 */
public record OperatorSettings(
    Optional<String> defaultModel,
    long maxPixels,
    int maxSteps,
    int maxCount,
    int maxPromptLength) {
  /** As long as a message can be on the platforms that people paste from. */
  private static final int LONG_MESSAGE = 4000;

  public OperatorSettings {
    require("maxPixels", maxPixels, (long) ImageSize.MIN * ImageSize.MIN, Long.MAX_VALUE);
    require("maxSteps", maxSteps, 1, GenerationRequest.MAX_STEPS);
    require("maxCount", maxCount, 1, GenerationRequest.MAX_COUNT);
    require("maxPromptLength", maxPromptLength, 1, 100_000);
  }

  /** No limits but those of the models and of a message's length. */
  public static OperatorSettings standard() {
    return new OperatorSettings(
        Optional.empty(),
        (long) ImageSize.MAX * ImageSize.MAX,
        GenerationRequest.MAX_STEPS,
        GenerationRequest.MAX_COUNT,
        LONG_MESSAGE);
  }

  private static void require(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " " + value + " is not possible: use " + min + " to " + max);
    }
  }
}
