package dev.hyperbrush.delivery;

import dev.hyperbrush.store.Delivery;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of an attempt, and what follows from it for the row of the outbox. Immutable.
 *
 * @param delivery as it was claimed
 * @param at when the attempt ended
 */
record Settlement(Delivery delivery, Outcome outcome, Instant at) {
  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  /** Writes it down. */
  void write(DeliveryDao deliveries, Backoff backoff, Duration giveUpAfter) {
    switch (outcome) {
      case Outcome.Posted(Optional<String> message) -> posted(deliveries, message);
      case Outcome.RetryAfter(Duration delay, boolean _) ->
          retry(deliveries, at.plus(delay), false, giveUpAfter);
      case Outcome.TryAgain(String cause) -> {
        log.info("{} will be tried again: {}", this, cause);
        retry(deliveries, at.plus(backoff.after(delivery.attempts() + 1)), true, giveUpAfter);
      }
      case Outcome.NextRung(String reason) -> nextRung(deliveries, reason);
      case Outcome.Refused(String reason) -> {
        log.warn("{} is refused: {}", this, reason);
        giveUp(deliveries);
      }
    }
  }

  private void posted(DeliveryDao deliveries, Optional<String> message) {
    if (isWithdrawal()) {
      deliveries.forget(delivery);
    } else {
      deliveries.posted(delivery, message, at);
    }
  }

  private void retry(DeliveryDao deliveries, Instant next, boolean failed, Duration giveUpAfter) {
    if (next.isAfter(delivery.dueSince().plus(giveUpAfter))) {
      log.warn("{} was tried for {}, and is not any more", this, giveUpAfter);
      giveUp(deliveries);
    } else {
      deliveries.retry(delivery, next, failed);
    }
  }

  private void nextRung(DeliveryDao deliveries, String reason) {
    log.info("{} cannot go there: {}", this, reason);
    if (!isWithdrawal() && delivery.hasNextRung()) {
      deliveries.nextRung(delivery, at);
    } else {
      giveUp(deliveries);
    }
  }

  private void giveUp(DeliveryDao deliveries) {
    if (isWithdrawal()) {
      deliveries.forget(delivery);
    } else {
      deliveries.waits(delivery, at);
    }
  }

  private boolean isWithdrawal() {
    return delivery.state() == DeliveryState.WITHDRAWING;
  }

  /** Without the addresses: they can be keys to somebody's conversation. */
  @Override
  public String toString() {
    return (isWithdrawal() ? "Taking back job " : "The post of job ")
        + delivery.jobId()
        + " ("
        + delivery.platform()
        + ", destination "
        + (delivery.rung() + 1)
        + " of "
        + delivery.route().ladder().size()
        + ")";
  }
}
