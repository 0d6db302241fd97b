package dev.hyperbrush.delivery;

import java.io.IOException;

/**
 * Carries posts to one platform; every adapter has one. Thread-safe. A call may take its time, on a
 * virtual thread; one that has no answer after two minutes is left alone, and made again. What it
 * throws is taken for {@link Outcome.TryAgain}, a {@link dev.hyperbrush.generation.Refusal} for
 * {@link Outcome.Refused}.
 */
public interface Courier {
  /**
   * Tells the person how a job ended. Comes again with the same nonce when it is not known whether
   * the platform has it; so the nonce goes along to a platform that tells repeated posts by it.
   */
  Outcome post(Post post) throws IOException, InterruptedException;

  /**
   * Takes back what was posted about a job that is deleted, or brings up to date what was said of
   * it before it ended. That there is nothing to take back is {@link Outcome#done()}.
   */
  Outcome withdraw(Withdrawal withdrawal) throws IOException, InterruptedException;
}
