package dev.hyperbrush.queue;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one subscriber has not seen yet: the newest event of each job, so that a slow subscriber
 * neither holds anybody up nor fills the memory. Thread-safe; a virtual thread hands out.
 */
final class Mailbox implements Subscription {
  private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LinkedHashMap<Long, JobEvent> unseen = new LinkedHashMap<>();
  private boolean closed;

  void open(Consumer<JobEvent> subscriber) {
    Thread.ofVirtual().name("job-events").start(() -> handOut(subscriber));
  }

  void put(JobEvent event) {
    lock.lock();
    try {
      unseen.merge(event.jobId(), event, (earlier, newer) -> newer.instead(earlier));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void handOut(Consumer<JobEvent> subscriber) {
    for (Optional<JobEvent> next = take(); next.isPresent(); next = take()) {
      try {
        subscriber.accept(next.get());
      } catch (RuntimeException e) {
        log.warn("A subscriber failed on {}", next.get(), e);
      }
    }
  }

  /** Waits for an event; empty when closed. */
  private Optional<JobEvent> take() {
    lock.lock();
    try {
      while (unseen.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      return closed ? Optional.empty() : Optional.of(unseen.pollFirstEntry().getValue());
    } finally {
      lock.unlock();
    }
  }
}
