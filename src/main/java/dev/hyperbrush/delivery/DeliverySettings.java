package dev.hyperbrush.delivery;

import java.time.Duration;

/**
 * What an operator decides about deliveries. Immutable.
 *
 * @param giveUpAfter how long a post is tried before it waits for the person
 * @param inFlight posts being made at the same time, for each platform
 */
public record DeliverySettings(Duration giveUpAfter, int inFlight) {
  public static final Duration SHORTEST_TIME = Duration.ofMinutes(1);
  public static final Duration LONGEST_TIME = Duration.ofDays(30);
  public static final int MOST_IN_FLIGHT = 64;

  public static DeliverySettings standard() {
    return new DeliverySettings(Duration.ofHours(24), 8);
  }
}
