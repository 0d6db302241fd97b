package dev.hyperbrush.pipeline;

import dev.hyperbrush.denoiser.Denoiser;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.scheduler.NoiseSource;
import dev.hyperbrush.scheduler.Scheduler;
import dev.hyperbrush.scheduler.SchedulerStep;
import dev.hyperbrush.tensor.Tensor;

/** Calls the denoiser step by step until noise has become latents. Owned by one thread. */
final class DenoisingLoop {
  /** Told after every step, on the drawing thread. */
  @FunctionalInterface
  interface Observer {
    Observer NONE = (step, result) -> {};

    /** Step {@code step}, counted from 0, gave this. */
    void afterStep(int step, SchedulerStep result);
  }

  private final Denoiser denoiser;

  DenoisingLoop(Denoiser denoiser) {
    this.denoiser = denoiser;
  }

  /**
   * Runs all steps from {@code firstStep} on.
   *
   * @param latents {@code [batch, 4, height / 8, width / 8]}, noised as {@code firstStep} expects
   * @throws Refusal when the model's numbers break down
   */
  Tensor run(
      Sampling sampling,
      Tensor latents,
      GuidedConditioning steering,
      Observer observer,
      Cancellation cancellation) {
    Scheduler scheduler = sampling.scheduler();
    SchedulerStep current = SchedulerStep.start(latents);
    for (int step = sampling.firstStep(); step < scheduler.steps(); step++) {
      cancellation.throwIfRequested();
      Tensor input = steering.expand(scheduler.scaleModelInput(current.prevSample(), step));
      Tensor prediction =
          denoiser.predict(input, scheduler.timestep(step), steering.conditioning(), cancellation);
      current = scheduler.step(steering.combine(prediction), step, current, sampling.noise());
      requireFinite(current.prevSample(), step);
      observer.afterStep(step, current);
    }
    return current.prevSample();
  }

  /**
   * How to get from noise to latents.
   *
   * @param noise fresh noise for the schedulers that ask for it
   * @param firstStep 0, or later where a picture is the start
   */
  record Sampling(Scheduler scheduler, NoiseSource noise, int firstStep) {}

  private static void requireFinite(Tensor latents, int step) {
    for (float value : latents.data()) {
      if (!Float.isFinite(value)) {
        throw new Refusal(ReasonCode.PICTURE_OVERFLOWED, step + 1);
      }
    }
  }
}
