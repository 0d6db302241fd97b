package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * Multistep sampling of latent consistency models: Luo et al., "Latent Consistency Models", arXiv
 * 2310.04378, algorithm 3. Each step predicts the finished picture and noises it anew.
 *
 * <p>Immutable.
 */
record LcmScheduler(SchedulerConfig config, NoiseSchedule schedule, List<Integer> timesteps)
    implements TimestepScheduler {
  /** Standard deviation of the data in the paper's boundary condition. */
  private static final double SIGMA_DATA = 0.5;

  LcmScheduler(SchedulerConfig config, double[] timesteps) {
    this(config, NoiseSchedule.of(config.betas()), TimestepScheduler.whole(timesteps));
  }

  @Override
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    Tensor latents = before.prevSample();
    Tensor denoised = denoised(modelOutput, timesteps.get(step), latents);
    if (step == steps() - 1) {
      return new SchedulerStep(denoised, denoised);
    }
    Tensor fresh = noise.next(latents.shape());
    return new SchedulerStep(addNoise(denoised, fresh, step + 1), denoised);
  }

  /** The picture, blended with the latents so that timestep 0 would return what it was given. */
  private Tensor denoised(Tensor modelOutput, int t, Tensor latents) {
    Tensor picture =
        Blend.clamp(
            config
                .predictionType()
                .predOriginalSample(modelOutput, latents, schedule.alpha(t), schedule.sigma(t)),
            config.clipSampleRange());
    double scaled = t * config.distillation().timestepScaling();
    double skip = SIGMA_DATA * SIGMA_DATA / (scaled * scaled + SIGMA_DATA * SIGMA_DATA);
    double out = scaled / Math.hypot(scaled, SIGMA_DATA);
    return Blend.of(out, picture, skip, latents);
  }
}
