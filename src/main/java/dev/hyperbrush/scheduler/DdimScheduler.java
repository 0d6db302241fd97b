package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * Song et al., "Denoising Diffusion Implicit Models", arXiv 2010.02502, equations 12 and 16. Eta 0
 * is deterministic, 1 is as noisy as DDPM.
 *
 * <p>Immutable.
 */
record DdimScheduler(
    SchedulerConfig config, NoiseSchedule schedule, List<Integer> timesteps, double eta)
    implements TimestepScheduler {
  DdimScheduler(SchedulerConfig config, double[] timesteps, double eta) {
    this(config, NoiseSchedule.of(config.betas()), TimestepScheduler.whole(timesteps), eta);
  }

  @Override
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    int t = timesteps.get(step);
    double alphaCumprod = schedule.alphaCumprod(t);
    double previous = previousAlphaCumprod(t);
    Tensor latents = before.prevSample();
    PredictionType type = config.predictionType();
    Tensor predicted =
        type.predOriginalSample(modelOutput, latents, schedule.alpha(t), schedule.sigma(t));
    Tensor epsilon = type.predEpsilon(modelOutput, latents, schedule.alpha(t), schedule.sigma(t));
    Tensor predOriginalSample = Blend.clamp(predicted, config.clipSampleRange());

    double variance = (1 - previous) / (1 - alphaCumprod) * (1 - alphaCumprod / previous);
    double deviation = eta * Math.sqrt(variance);
    double direction = Math.sqrt(Math.max(0, 1 - previous - deviation * deviation));
    Tensor prevSample = Blend.of(Math.sqrt(previous), predOriginalSample, direction, epsilon);
    if (eta > 0) {
      prevSample = Blend.of(1, prevSample, deviation, noise.next(latents.shape()));
    }
    return new SchedulerStep(prevSample, predOriginalSample);
  }

  /** One whole stride further, which is not always the next timestep of the run. */
  private double previousAlphaCumprod(int t) {
    int previous = t - schedule.timesteps() / steps();
    if (previous >= 0) {
      return schedule.alphaCumprod(previous);
    }
    return config.setAlphaToOne() ? 1 : schedule.alphaCumprod(0);
  }
}
