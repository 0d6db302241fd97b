package dev.hyperbrush.delivery;

import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Delivery;
import dev.hyperbrush.store.DeliveryState;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One claimed delivery on its way through a courier, on a thread of its own. Thread-safe. It ends
 * once: when the courier answers, or when it has taken too long and is left alone. It is not
 * interrupted, as a thread that is interrupted while it reads H2's file closes that for everybody.
 */
final class Attempt {
  private static final Logger log = LoggerFactory.getLogger(Attempt.class);

  private final Delivery delivery;
  private final Courier courier;
  private final Instant begun;
  private final AtomicBoolean open = new AtomicBoolean(true);

  Attempt(Delivery claimed, Courier courier, Instant begun) {
    this.delivery = claimed;
    this.courier = courier;
    this.begun = begun;
  }

  Delivery delivery() {
    return delivery;
  }

  /** Whether it began before this. */
  boolean isOlderThan(Instant limit) {
    return begun.isBefore(limit);
  }

  /** Ends it; false when it has ended before. */
  boolean end() {
    return open.getAndSet(false);
  }

  /** Asks the courier; whatever it throws is an outcome too. */
  Outcome run(Ended ended) {
    try {
      return ask(ended);
    } catch (InterruptedException e) {
      return new Outcome.TryAgain("interrupted");
    } catch (IOException e) {
      return new Outcome.TryAgain(e.toString());
    } catch (Refusal refusal) {
      return new Outcome.Refused(refusal.phrase().english());
    } catch (RuntimeException bug) {
      if (delivery.attempts() == 0) { // once is enough to tell
        log.error("The courier of {} failed on job {}", delivery.platform(), delivery.jobId(), bug);
      }
      return new Outcome.TryAgain(bug.toString());
    }
  }

  private Outcome ask(Ended ended) throws IOException, InterruptedException {
    Optional<Destination> destination = delivery.destination();
    if (delivery.state() == DeliveryState.WITHDRAWING) {
      return destination.isEmpty()
          ? Outcome.done()
          : courier.withdraw(
              new Withdrawal(
                  delivery.jobId(),
                  destination.get().address(),
                  delivery.message(),
                  delivery.nonce()));
    }
    Optional<Job> job = ended.job(delivery.jobId());
    if (destination.isEmpty() || job.isEmpty()) {
      return new Outcome.Refused("there is no such job or destination");
    }
    return courier.post(
        new Post(
            job.get(),
            ended.pictures(job.get()),
            destination.get().address(),
            Locale.forLanguageTag(delivery.route().language()),
            delivery.known(),
            delivery.nonce()));
  }
}
