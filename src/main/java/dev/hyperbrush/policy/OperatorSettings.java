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
 * @param allowances how much one person may ask for
 * @param queueLimits how many jobs may wait
 * @param quotaDay when the daily quota begins anew
 */
public record OperatorSettings(
    Optional<String> defaultModel,
    long maxPixels,
    int maxSteps,
    int maxCount,
    int maxPromptLength,
    Allowances allowances,
    QueueLimits queueLimits,
    QuotaDay quotaDay) {
  /** As long as a message can be on the platforms that people paste from. */
  private static final int LONG_MESSAGE = 4000;

  public OperatorSettings {
    Range.require("maxPixels", maxPixels, (long) ImageSize.MIN * ImageSize.MIN, Long.MAX_VALUE);
    Range.require("maxSteps", maxSteps, 1, GenerationRequest.MAX_STEPS);
    Range.require("maxCount", maxCount, 1, GenerationRequest.MAX_COUNT);
    Range.require("maxPromptLength", maxPromptLength, 1, 100_000);
  }

  /** With the usual limits of the queue. */
  public OperatorSettings(
      Optional<String> defaultModel,
      long maxPixels,
      int maxSteps,
      int maxCount,
      int maxPromptLength) {
    this(
        defaultModel,
        maxPixels,
        maxSteps,
        maxCount,
        maxPromptLength,
        Allowances.STANDARD,
        QueueLimits.STANDARD,
        QuotaDay.STANDARD);
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

  /** As the widest of the scopes. */
  Layer layer() {
    SettingValues.Builder values =
        SettingValues.builder()
            .put(Settings.MODEL, defaultModel)
            .put(Settings.MAX_PIXELS, maxPixels)
            .put(Settings.MAX_STEPS, (long) maxSteps)
            .put(Settings.MAX_COUNT, (long) maxCount)
            .put(Settings.MAX_PROMPT, (long) maxPromptLength)
            .put(Settings.MAX_WAITING, (long) allowances.maxWaiting())
            .put(Settings.WEIGHT, allowances.weight())
            .put(Settings.BURST, (long) allowances.burst())
            .put(Settings.REFILL, allowances.refill().toMillis() / 1000.0);
    allowances.dailyWork().ifPresent(work -> values.put(Settings.DAILY, work));
    return new Layer(Scope.OPERATOR, values.build());
  }
}
