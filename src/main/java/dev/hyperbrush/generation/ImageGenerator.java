package dev.hyperbrush.generation;

/** Draws. The port between the queue and whatever model there is. */
public interface ImageGenerator extends AutoCloseable {
  /**
   * Draws all pictures of a request on the calling thread.
   *
   * @param listener told after every step, on the calling thread
   * @throws Refusal when the request cannot be drawn, with the reason for the person
   * @throws CancelledException when {@code cancellation} was asked for
   */
  GenerationResult generate(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation);

  /** Lets go of what it holds, if anything; on the thread that draws. */
  @Override
  default void close() {}
}
