package dev.hyperbrush.scheduler;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;

/** The timesteps of models distilled to few steps: a choice from the grid they were trained on. */
final class DistillationGrid {
  /** So many of them, as evenly as the grid allows, in the order of a run. */
  static double[] timesteps(SchedulerConfig config, int steps) {
    int gridSteps = config.distillation().originalInferenceSteps();
    if (steps > gridSteps) {
      throw new Refusal(ReasonCode.STEPS_BEYOND_DISTILLATION, steps, gridSteps);
    }
    int gridStep = config.betas().trainTimesteps() / gridSteps;
    double stride = (double) gridSteps / steps;
    double[] timesteps = new double[steps];
    for (int i = 0; i < steps; i++) {
      int fromEnd = (int) (i * stride);
      timesteps[i] = (double) (gridSteps - fromEnd) * gridStep - 1;
    }
    return timesteps;
  }

  private DistillationGrid() {}
}
