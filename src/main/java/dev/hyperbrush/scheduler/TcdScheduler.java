package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * Strategic stochastic sampling of trajectory consistency models: Zheng et al., "Trajectory
 * Consistency Distillation", arXiv 2402.19159, algorithm 4. Eta is the paper's gamma: 0 is
 * deterministic, 1 noises each step's picture fully.
 *
 * <p>Immutable.
 */
record TcdScheduler(
    PredictionType predictionType, NoiseSchedule schedule, List<Integer> timesteps, double eta)
    implements TimestepScheduler {
  TcdScheduler(SchedulerConfig config, double[] timesteps, double eta) {
    this(
        config.predictionType(),
        NoiseSchedule.of(config.betas()),
        TimestepScheduler.whole(timesteps),
        eta);
  }

  @Override
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    boolean last = step == steps() - 1;
    int t = timesteps.get(step);
    int previous = last ? 0 : timesteps.get(step + 1);
    int target = target(previous);
    Tensor latents = before.prevSample();
    double alpha = schedule.alpha(t);
    double sigma = schedule.sigma(t);
    Tensor predOriginalSample =
        predictionType.predOriginalSample(modelOutput, latents, alpha, sigma);
    Tensor epsilon = predictionType.predEpsilon(modelOutput, latents, alpha, sigma);
    Tensor noised =
        Blend.of(schedule.alpha(target), predOriginalSample, schedule.sigma(target), epsilon);
    if (eta == 0 || last) {
      return new SchedulerStep(noised, predOriginalSample);
    }
    double kept = (double) schedule.alphaCumprod(previous) / schedule.alphaCumprod(target);
    Tensor fresh = noise.next(latents.shape());
    return new SchedulerStep(
        Blend.of(Math.sqrt(kept), noised, Math.sqrt(1 - kept), fresh), predOriginalSample);
  }

  /**
   * The timestep that the model jumps to before noise is added; float32, as diffusers floors it.
   */
  private int target(int previous) {
    return (int) Math.floor((float) (1 - eta) * (float) previous);
  }
}
