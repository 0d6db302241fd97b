package dev.hyperbrush.scheduler;

import dev.hyperbrush.generation.GenerationRequest;

/**
 * The unit of fair queueing, of quotas and of speed: what a denoiser does for one pixel at once.
 */
public final class PixelSteps {
  /** The work that drawing this takes. */
  public static long of(GenerationRequest request) {
    return request.size().pixels()
        * Schedulers.calls(request.scheduler(), request.steps())
        * request.count()
        * (request.guided() ? 2 : 1);
  }

  private PixelSteps() {}
}
