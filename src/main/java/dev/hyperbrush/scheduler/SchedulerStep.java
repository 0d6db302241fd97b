package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * Where a run stands between two steps.
 *
 * @param prevSample the latents for the next step
 * @param predOriginalSample the picture as this step believes it to be, for previews
 * @param memory what multistep algorithms keep of earlier steps, the newest first; nobody else
 *     reads it
 */
public record SchedulerStep(Tensor prevSample, Tensor predOriginalSample, List<Tensor> memory) {
  public SchedulerStep {
    memory = List.copyOf(memory);
  }

  /** What one step gives when the next needs to know nothing but the latents. */
  SchedulerStep(Tensor prevSample, Tensor predOriginalSample) {
    this(prevSample, predOriginalSample, List.of());
  }

  /** Before the first step of a run. */
  public static SchedulerStep start(Tensor latents) {
    return new SchedulerStep(latents, latents);
  }
}
