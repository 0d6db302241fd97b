package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * DPM-Solver++ (SDE) of k-diffusion: the second order, singlestep solver of Lu et al., arXiv
 * 2211.01095, with ancestral noise (A1111's "DPM++ SDE"; diffusers' {@code DPMSolverSDEScheduler}).
 * Two calls a step: the first goes down to the geometric middle of both noise levels, the second
 * goes all the way with what the denoiser says there. The noise of each stretch is that of a
 * Brownian path, so that a seed draws much the same picture with any number of steps.
 *
 * <p>Immutable.
 */
final class DpmSolverSdeScheduler implements TwoCallScheduler {
  private final PredictionType predictionType;
  private final NoiseLevels levels;

  private DpmSolverSdeScheduler(PredictionType predictionType, NoiseLevels levels) {
    this.predictionType = predictionType;
    this.levels = levels;
  }

  /** Over the noise levels of the timesteps, as diffusers has it. */
  static DpmSolverSdeScheduler ofRun(SchedulerConfig config, double[] timesteps) {
    return new DpmSolverSdeScheduler(
        config.predictionType(), NoiseLevels.ofRun(config, timesteps).twiceWithMiddles(config));
  }

  /** Over the noise levels of Karras between the limits of training, as A1111 has it. */
  static DpmSolverSdeScheduler karras(SchedulerConfig config, double[] timesteps) {
    return new DpmSolverSdeScheduler(
        config.predictionType(),
        NoiseLevels.ofKDiffusion(config.betas(), timesteps.length).twiceWithMiddles(config));
  }

  @Override
  public NoiseLevels levels() {
    return levels;
  }

  @Override
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    boolean first = TwoCallScheduler.isFirst(step);
    Tensor latents = before.prevSample();
    Tensor predOriginalSample =
        levels.predOriginalSample(predictionType, modelOutput, latents, step);
    Tensor start = first ? latents : before.memory().getFirst();
    float from = levels.sigma(first ? step : step - 1);
    float to = levels.sigma(step + 1);
    // A path is looked up to the sixth decimal: levels must be A1111's to the last bit.
    NoiseSpan span =
        new NoiseSpan(
            NoiseLevels.throughLogTime(from),
            first ? to : NoiseLevels.throughLogTime(to),
            levels.sigma(0),
            levels.lowest());
    Tensor prevSample =
        to == 0
            ? predOriginalSample
            : descend(start, predOriginalSample, from, to, noise.along(span, start.shape()));
    return new SchedulerStep(prevSample, predOriginalSample, List.of(start));
  }

  /** Down below the level, and noise up to it. */
  private static Tensor descend(Tensor start, Tensor picture, float from, float to, Tensor noise) {
    double up = Math.min(to, to * Math.sqrt((double) from * from - (double) to * to) / from);
    double kept = Math.sqrt((double) to * to - up * up) / from;
    return Blend.of(1, Blend.of(kept, start, 1 - kept, picture), up, noise);
  }
}
