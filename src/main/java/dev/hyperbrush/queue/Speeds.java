package dev.hyperbrush.queue;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was known at a moment of how fast models are drawn with. Immutable.
 *
 * @param byModel pixel-steps per second
 */
record Speeds(Map<String, Double> byModel, Instant readAt) {
  Speeds {
    byModel = Map.copyOf(byModel);
  }

  /** Whether anything is known. */
  boolean isKnown() {
    return !byModel.isEmpty();
  }

  /** How long a job takes; empty when nobody has drawn with that model. */
  OptionalDouble known(long cost, String model) {
    Double speed = byModel.get(model);
    return speed == null ? OptionalDouble.empty() : OptionalDouble.of(cost / speed);
  }

  /** As {@link #known}, at the average speed of other models where need be; zero without any. */
  double seconds(long cost, String model) {
    return known(cost, model)
        .orElseGet(() ->
            byModel.values().stream().mapToDouble(Double::doubleValue).average().stream()
                .map(speed -> cost / speed)
                .findFirst()
                .orElse(0));
  }
}
