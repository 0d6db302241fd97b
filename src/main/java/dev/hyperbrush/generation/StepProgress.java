package dev.hyperbrush.generation;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A step is done.
 *
 * @param step 1 to {@code steps}
 * @param steps of the whole request
 * @param preview computes the forming picture 0 as it would be if drawing ended here; costs time,
 *     so ask only when somebody looks, and only inside the callback; empty where the model has none
 */
public record StepProgress(int step, int steps, Supplier<Optional<RgbImage>> preview) {}
