package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.Arrays;

/**
 * The noise levels (sigma) that a run visits, with the timestep of each, and what the denoiser,
 * which was trained on latents of constant variance, makes of them.
 *
 * <p>Immutable.
 */
final class NoiseLevels {
  private final float[] timesteps;
  private final float[] sigmas;
  private final float initNoiseSigma;

  private NoiseLevels(float[] timesteps, float[] sigmas, float initNoiseSigma) {
    this.timesteps = timesteps;
    this.sigmas = sigmas;
    this.initNoiseSigma = initNoiseSigma;
  }

  private static NoiseLevels of(
      SchedulerConfig config, NoiseSchedule schedule, double[] timesteps, double[] levels) {
    float[] sigmas = Arrays.copyOf(floats(levels), levels.length + 1);
    sigmas[levels.length] =
        switch (config.finalSigma()) {
          case ZERO -> 0;
          case SIGMA_MIN -> schedule.noiseLevel(0);
        };
    return new NoiseLevels(floats(timesteps), sigmas, initNoiseSigma(config, sigmas[0]));
  }

  /** The levels of these timesteps, spread anew between the largest and the smallest of them. */
  static NoiseLevels ofRun(SchedulerConfig config, double[] timesteps) {
    NoiseSchedule schedule = NoiseSchedule.of(config.betas()).withFiniteSigmas();
    double[] levels = Arrays.stream(timesteps).map(schedule::noiseLevelAt).toArray();
    if (config.sigmaSpacing() == SigmaSpacing.TIMESTEPS) {
      return of(config, schedule, timesteps, levels);
    }
    double[] spread = config.sigmaSpacing().spread(levels);
    double[] told = Arrays.stream(spread).map(schedule::timestepAt).toArray();
    return of(config, schedule, told, spread);
  }

  /** The same with whole timesteps, and when spread anew, between the limits of training. */
  static NoiseLevels ofTraining(SchedulerConfig config, double[] timesteps) {
    if (config.sigmaSpacing() == SigmaSpacing.TIMESTEPS) {
      return ofRun(config, timesteps);
    }
    NoiseSchedule schedule = NoiseSchedule.of(config.betas()).withFiniteSigmas();
    double[] limits = new double[timesteps.length];
    Arrays.fill(limits, schedule.noiseLevel(0));
    limits[0] = schedule.noiseLevel(schedule.timesteps() - 1);
    double[] spread = config.sigmaSpacing().spread(limits);
    double[] told = Arrays.stream(spread).map(schedule::timestepAt).map(Math::rint).toArray();
    return of(config, schedule, told, spread);
  }

  /** Karras' levels between the limits of training, with their exact timesteps, as in A1111. */
  static NoiseLevels ofKDiffusion(SchedulerConfig.Betas betas, int steps) {
    NoiseSchedule schedule = NoiseSchedule.ofStableDiffusion(betas).withFiniteSigmas();
    float highest = schedule.noiseLevel(schedule.timesteps() - 1);
    float[] sigmas = KDiffusionSigmas.karras(highest, schedule.noiseLevel(0), steps);
    float[] told = new float[steps];
    for (int i = 0; i < steps; i++) {
      told[i] = (float) schedule.timestepAt(sigmas[i]);
    }
    return new NoiseLevels(told, Arrays.copyOf(sigmas, steps + 1), highest);
  }

  /** For two calls a step, the second where the step ends. */
  NoiseLevels twice() {
    return twice(Arrays.copyOfRange(sigmas, 1, steps()), Arrays.copyOfRange(timesteps, 1, steps()));
  }

  /** For two calls a step, the second in the geometric middle of the step. */
  NoiseLevels twiceWithMiddles(SchedulerConfig config) {
    NoiseSchedule schedule = NoiseSchedule.of(config.betas()).withFiniteSigmas();
    double[] middles = new double[steps() - 1];
    Arrays.setAll(middles, i -> middle(sigmas[i], sigmas[i + 1]));
    return twice(
        floats(middles), floats(Arrays.stream(middles).map(schedule::timestepAt).toArray()));
  }

  /** All steps but the last have a second call, at these levels. */
  private NoiseLevels twice(float[] secondSigmas, float[] secondTimesteps) {
    int calls = 2 * steps() - 1;
    float[] allTimesteps = new float[calls];
    float[] allSigmas = new float[calls + 1];
    for (int i = 0; i < calls; i++) {
      boolean first = i % 2 == 0;
      allTimesteps[i] = first ? timesteps[i / 2] : secondTimesteps[i / 2];
      allSigmas[i] = first ? sigmas[i / 2] : secondSigmas[i / 2];
    }
    allSigmas[calls] = sigmas[steps()];
    return new NoiseLevels(allTimesteps, allSigmas, initNoiseSigma);
  }

  private static float middle(float from, float to) {
    float start = logTime(from);
    return levelAt(start + (logTime(to) - start) * 0.5f);
  }

  /** The level as it comes back from {@link #logTime}, in float32: often one bit off. */
  static float throughLogTime(float sigma) {
    return levelAt(logTime(sigma));
  }

  /** The time of solvers that go by the logarithm of the level. */
  private static float logTime(float sigma) {
    return (float) -Math.log(sigma);
  }

  private static float levelAt(float logTime) {
    return (float) Math.exp(-logTime);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  int steps() {
    return timesteps.length;
  }

  float timestep(int step) {
    return timesteps[step];
  }

  /** The noise level at call {@code step}; at {@code steps()} that of the result. */
  float sigma(int step) {
    return sigmas[step];
  }

  /** The smallest level of the run above 0. */
  float lowest() {
    int last = sigmas.length - 1;
    return sigmas[last] > 0 ? sigmas[last] : sigmas[last - 1];
  }

  float initNoiseSigma() {
    return initNoiseSigma;
  }

  /** Latents at the variance that the denoiser was trained with. */
  Tensor scaleModelInput(Tensor latents, int step) {
    float deviation = (float) Math.sqrt(sigmas[step] * sigmas[step] + 1);
    return map(latents, latents, (x, same) -> x / deviation);
  }

  /** x0 of latents that are {@code x0 + sigma * epsilon}. */
  Tensor predOriginalSample(PredictionType type, Tensor modelOutput, Tensor latents, int step) {
    float sigma = sigmas[step];
    float variance = sigma * sigma + 1;
    float vWeight = -sigma / (float) Math.sqrt(variance);
    return switch (type) {
      case EPSILON -> map(latents, modelOutput, (x, epsilon) -> x - sigma * epsilon);
      case V_PREDICTION -> map(latents, modelOutput, (x, v) -> v * vWeight + x / variance);
      case SAMPLE -> modelOutput;
    };
  }

  /** Latents moved along the line to the predicted picture, down to a lower noise level. */
  Tensor lower(Tensor latents, Tensor picture, int step, float target) {
    float sigma = sigmas[step];
    return map(latents, picture, (x, x0) -> x + (x - x0) / sigma * (target - sigma));
  }

  @FunctionalInterface
  private interface FloatOperator {
    float apply(float left, float right);
  }

  /**
   * In float32 and in diffusers' order of operations: at sigma 4096, where models of zero terminal
   * SNR start, its rounding is 1e-3 of the result, and part of the picture that a seed stands for.
   */
  private static Tensor map(Tensor left, Tensor right, FloatOperator operator) {
    Blend.requireSameShape(left, right);
    float[] values = new float[left.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.apply(left.data()[i], right.data()[i]);
    }
    return new Tensor(left.shape(), values);
  }

  /**
   * Leading timesteps leave out the noisiest, so noise starts with the picture's variance added.
   */
  private static float initNoiseSigma(SchedulerConfig config, float max) {
    return config.timestepSpacing() == TimestepSpacing.LEADING ? (float) Math.hypot(max, 1) : max;
  }
}
