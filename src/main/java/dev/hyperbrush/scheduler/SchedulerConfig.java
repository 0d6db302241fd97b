package dev.hyperbrush.scheduler;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a model's {@code scheduler_config.json} says, whatever scheduler it was written for: any
 * scheduler can be made from it, as diffusers' {@code from_config} does. Keys that no scheduler
 * here knows are ignored; absent ones have diffusers' defaults, but the betas of Stable Diffusion
 * XL, and no clipping, which spoils latents.
 *
 * <p>Immutable.
 *
 * @param betas the noise the model was trained with
 * @param predictionType what the denoiser predicts
 * @param timestepSpacing which timesteps a run visits
 * @param stepsOffset added to leading timesteps
 * @param setAlphaToOne whether DDIM's last step ends without any noise. SDXL's file says false, and
 *     as schedulers are made from one another's files, that holds for DDIM too: it ends at timestep
 *     0
 * @param clipSampleRange limit of predicted pictures, infinite for none
 * @param distillation the grid of few-step models
 * @param sigmaSpacing how noise levels are spread, for the schedulers that count in them
 * @param finalSigma the noise level after the last step, likewise
 * @param solver of DPM-Solver and UniPC
 */
public record SchedulerConfig(
    Betas betas,
    PredictionType predictionType,
    TimestepSpacing timestepSpacing,
    int stepsOffset,
    boolean setAlphaToOne,
    double clipSampleRange,
    Distillation distillation,
    SigmaSpacing sigmaSpacing,
    FinalSigma finalSigma,
    Solver solver) {

  /**
   * The noise a model was trained with.
   *
   * @param trainTimesteps {@code num_train_timesteps}
   * @param start variance of the noise added at the first timestep
   * @param end at the last
   * @param schedule between them
   * @param rescaleZeroSnr whether the last timestep is pure noise (arXiv 2305.08891)
   */
  public record Betas(
      int trainTimesteps,
      double start,
      double end,
      BetaSchedule schedule,
      boolean rescaleZeroSnr) {}

  /**
   * What few-step models were distilled with.
   *
   * @param originalInferenceSteps of the grid that few-step models were trained on
   * @param timestepScaling sharpness of the boundary condition of consistency models
   */
  public record Distillation(int originalInferenceSteps, double timestepScaling) {}

  /** The noise level after the last step. */
  public enum FinalSigma {
    ZERO,
    SIGMA_MIN
  }

  /**
   * Settings of DPM-Solver and of UniPC.
   *
   * @param order 1 to 3; the third is UniPC's alone
   * @param stochastic whether fresh noise is added at each step (SDE-DPM-Solver++)
   * @param type of the second order
   * @param lowerOrderFinal whether the last of few steps is of first order
   * @param eulerAtFinal whether the last step always is
   */
  public record Solver(
      int order,
      boolean stochastic,
      SolverType type,
      boolean lowerOrderFinal,
      boolean eulerAtFinal) {
    Solver withStochastic() {
      return new Solver(order, true, type, lowerOrderFinal, eulerAtFinal);
    }
  }

  /** Of the second order of DPM-Solver, or B(h) of UniPC; each takes the other's for its usual. */
  public enum SolverType {
    MIDPOINT,
    HEUN,
    BH1,
    BH2
  }

  /**
   * Takes the object in a {@code scheduler_config.json}.
   *
   * @param source the file, named in refusals
   * @throws dev.hyperbrush.generation.Refusal when a value in it cannot be used
   */
  public static SchedulerConfig of(JsonNode json, String source) {
    return new SchedulerSettings(json, source).toConfig();
  }

  public SchedulerConfig withTimestepSpacing(TimestepSpacing spacing) {
    return with(spacing, sigmaSpacing, solver);
  }

  public SchedulerConfig withPredictionType(PredictionType type) {
    return new SchedulerConfig(
        betas,
        type,
        timestepSpacing,
        stepsOffset,
        setAlphaToOne,
        clipSampleRange,
        distillation,
        sigmaSpacing,
        finalSigma,
        solver);
  }

  public SchedulerConfig withSigmaSpacing(SigmaSpacing spacing) {
    return with(timestepSpacing, spacing, solver);
  }

  SchedulerConfig withSolver(Solver other) {
    return with(timestepSpacing, sigmaSpacing, other);
  }

  private SchedulerConfig with(TimestepSpacing timesteps, SigmaSpacing sigmas, Solver other) {
    return new SchedulerConfig(
        betas,
        predictionType,
        timesteps,
        stepsOffset,
        setAlphaToOne,
        clipSampleRange,
        distillation,
        sigmas,
        finalSigma,
        other);
  }

  /** The timesteps of a run as the spacing gives them, largest first. */
  double[] timesteps(int steps) {
    return timestepSpacing.timesteps(steps, betas.trainTimesteps, stepsOffset);
  }

  /** The same, rounded to timesteps that the model was trained with. */
  double[] wholeTimesteps(int steps) {
    return timestepSpacing.wholeTimesteps(steps, betas.trainTimesteps, stepsOffset);
  }
}
