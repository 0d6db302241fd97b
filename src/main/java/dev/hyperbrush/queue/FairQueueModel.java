package dev.hyperbrush.queue;

import dev.hyperbrush.store.FairOrder;
import dev.hyperbrush.store.Tags;
import dev.hyperbrush.store.VirtualTime;
import dev.hyperbrush.store.Work;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The order of the queue without its database, for simulations: the same arithmetic in the same
 * sequence, in memory. Owned by one thread.
 */
public final class FairQueueModel {
  private static final Comparator<Waiting> ORDER =
      Comparator.<Waiting>comparingLong(job -> job.tags().start()).thenComparingLong(Waiting::id);

  private final FairOrder order;
  private final TreeSet<Waiting> waiting = new TreeSet<>(ORDER);
  private final Map<Long, Long> lastFinish = new HashMap<>();
  private VirtualTime time = new VirtualTime(0, 0);
  private long lastId;

  /** A job that waits, or was claimed. */
  public record Waiting(long id, long person, Work work, Tags tags) {}

  public FairQueueModel(FairOrder order) {
    this.order = order;
  }

  /** Accepts a job behind its person's others. */
  public Waiting submit(long person, Work work) {
    Tags tags = order.place(time, lastFinish.getOrDefault(person, 0L), work);
    lastFinish.put(person, tags.finish());
    Waiting job = new Waiting(++lastId, person, work, tags);
    waiting.add(job);
    return job;
  }

  /** Takes the job that is next; empty when none waits. */
  public Optional<Waiting> claim() {
    if (waiting.isEmpty()) {
      time = order.idle(time);
      return Optional.empty();
    }
    return Optional.of(claim(waiting.first()));
  }

  /** The jobs that are next, in order. */
  public List<Waiting> front(int limit) {
    return waiting.stream().limit(limit).toList();
  }

  /** Takes one that waits, past those before it. */
  public Waiting claim(Waiting job) {
    Tags tags = job.tags();
    long present = Math.min(tags.start(), waiting.first().tags().start());
    waiting.remove(job);
    time = order.claimed(time, new Tags(present, tags.finish()), job.work());
    return job;
  }

  /** Cancels a job; false when it does not wait. */
  public boolean cancel(long id) {
    Optional<Waiting> found = waiting.stream().filter(job -> job.id() == id).findFirst();
    found.ifPresent(this::giveBack);
    return found.isPresent();
  }

  private void giveBack(Waiting cancelled) {
    waiting.remove(cancelled);
    long length = cancelled.tags().length();
    waiting.stream()
        .filter(job -> job.person() == cancelled.person())
        .filter(job -> job.tags().start() >= cancelled.tags().finish())
        .toList()
        .forEach(later -> {
          waiting.remove(later);
          waiting.add(
              new Waiting(later.id(), later.person(), later.work(), later.tags().earlier(length)));
        });
    lastFinish.computeIfPresent(
        cancelled.person(),
        (_, finish) -> finish >= cancelled.tags().finish() ? finish - length : finish);
  }

  /** How far the queue is, in pixel-steps of a person with weight 1. */
  public long now() {
    return time.now();
  }

  public int size() {
    return waiting.size();
  }
}
