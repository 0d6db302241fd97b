package dev.hyperbrush.store;

import java.time.Instant;
import java.util.Optional;

/**
 * One row of the outbox, as it was when it was read. Immutable.
 *
 * @param jobId of a job that may be deleted by now
 * @param rung which destination of the route is next, from 0
 * @param known whether the person knows of the end without being told, as they have cancelled it
 * @param message what the platform calls the post, once there is one
 * @param attempts failures at this destination
 * @param claims how often it was claimed, which tells a claim from a later one
 * @param dueSince since when it is to be posted, or taken back
 */
public record Delivery(
    long id,
    long jobId,
    String platform,
    Route route,
    int rung,
    boolean known,
    DeliveryState state,
    Optional<String> message,
    int attempts,
    int claims,
    Instant dueSince,
    Instant createdAt) {
  private static final int BASE = Character.MAX_RADIX;

  /** Where it is to be posted, or was. */
  public Optional<Destination> destination() {
    return rung < route.ladder().size() ? Optional.of(route.ladder().get(rung)) : Optional.empty();
  }

  public boolean hasNextRung() {
    return rung + 1 < route.ladder().size();
  }

  /**
   * The same for every attempt at one destination and for nothing else, so that a platform which
   * has accepted a post without saying so can tell that it comes again. At most 25 characters
   * (Discord's limit); the time tells apart what two databases have numbered alike.
   */
  public String nonce() {
    return Long.toString(createdAt.getEpochSecond(), BASE)
        + "-"
        + Long.toString(id, BASE)
        + "-"
        + Integer.toString(rung, BASE);
  }

  Delivery claimed() {
    return new Delivery(
        id,
        jobId,
        platform,
        route,
        rung,
        known,
        state,
        message,
        attempts,
        claims + 1,
        dueSince,
        createdAt);
  }
}
