package dev.hyperbrush.queue;

import java.time.Duration;

/**
 * What whoever runs the program has decided about the queue. Immutable.
 *
 * @param expireAfter a job that waits longer ends without a picture
 * @param stopWithin at the orderly end of the program, the picture being drawn has this time to be
 *     finished; after that it goes back to the queue
 * @param lease a worker that says nothing for so long is taken for dead, and its job goes back to
 *     the queue; matters where several processes share the queue
 * @param poll how often each worker looks for work that nobody told it of: what another process has
 *     put into a shared queue, and what is to be tried again
 * @param modelPatience for how long a job may be passed over by others that want the model which is
 *     loaded; zero for strict fair order
 */
public record QueueSettings(
    Duration expireAfter,
    Duration stopWithin,
    Duration lease,
    Duration poll,
    Duration modelPatience) {
  public static QueueSettings standard() {
    return new QueueSettings(
        Duration.ofHours(24),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30));
  }
}
