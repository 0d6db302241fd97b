package dev.hyperbrush.pipeline;

import java.time.Duration;

/**
 * What pictures of the models' styles are drawn from. Immutable.
 *
 * @param drawn whether there are any
 * @param prompt the same for all models
 * @param after for so long nobody may have wanted anything before one is drawn
 */
public record StyleSettings(boolean drawn, String prompt, Duration after) {
  public static final int LONGEST_PROMPT = 1000;

  public static StyleSettings standard() {
    return new StyleSettings(
        true,
        "a red fox on a mossy stone in a forest at sunrise, a lake and mountains behind",
        Duration.ofMinutes(1));
  }
}
