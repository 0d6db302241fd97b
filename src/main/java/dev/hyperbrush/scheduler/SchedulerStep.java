package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;

/**
 * What one step gives.
 *
 * @param prevSample the latents for the next step
 * @param predOriginalSample the picture as this step believes it to be, for previews
 */
public record SchedulerStep(Tensor prevSample, Tensor predOriginalSample) {}
