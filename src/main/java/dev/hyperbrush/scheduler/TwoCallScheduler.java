package dev.hyperbrush.scheduler;

/**
 * What those have in common that ask the denoiser twice a step, but once in the last. Their calls
 * are counted as steps: 4 steps are 7 calls, of which the even ones begin a step.
 */
interface TwoCallScheduler extends SigmaScheduler {
  /** Whether this call begins a step. */
  static boolean isFirst(int call) {
    return call % 2 == 0;
  }

  @Override
  default int firstStep(double strength) {
    int whole = (steps() + 1) / 2;
    int run = Math.clamp((long) (whole * strength), 1, whole);
    return 2 * (whole - run);
  }
}
