package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.store.FairOrder;
import dev.hyperbrush.store.HeldJob;
import dev.hyperbrush.store.Hold;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.ReviewDao;
import dev.hyperbrush.store.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Jobs that a moderator looks at before they may wait for their turn. Thread-safe. */
public final class HeldJobs {
  private final JobQueue queue;
  private final JobDao jobs;
  private final ReviewDao reviews;
  private final FairOrder order;

  HeldJobs(JobQueue queue, JobDao jobs, ReviewDao reviews, FairOrder order) {
    this.queue = queue;
    this.jobs = jobs;
    this.reviews = reviews;
    this.order = order;
  }

  /**
   * Accepts a job that a moderator looks at first; it is committed when this returns.
   *
   * @throws dev.hyperbrush.store.RequestRepeated when its command became a job before
   */
  public Job hold(NewJob job, Hold why) {
    Instant now = queue.clock().instant();
    Job held = Job.held(reviews.insert(job, why, now), job, now);
    queue.events().changed(held, JobState.HELD);
    return held;
  }

  /** Why a job waits for a moderator; empty when it does not, or not any more. */
  public Optional<Hold> find(long id) {
    return reviews.find(id);
  }

  /** Jobs that wait for a moderator, oldest first, behind {@code afterId}. */
  public List<HeldJob> list(Realm realm, long afterId, int limit) {
    return reviews.waiting(realm, afterId, limit);
  }

  /** Lets a held job into the queue, at the place that it has from now on. */
  public boolean release(long id) {
    Optional<Job> held = jobs.find(id).filter(job -> job.state() == JobState.HELD);
    if (held.isEmpty() || !queue.running().accept(held.get(), () -> released(held.get()))) {
      return false;
    }
    queue.signal().raise();
    return true;
  }

  private boolean released(Job job) {
    Optional<Tags> tags = reviews.release(job, reviews.weight(job.id()), order);
    tags.ifPresent(place -> queue.estimate().accepted(job, place.start()));
    return tags.isPresent();
  }

  /** Ends a held job; its person is told why. */
  public boolean reject(long id, Phrase why) {
    boolean rejected = reviews.reject(id, why, queue.clock().instant());
    if (rejected) {
      jobs.find(id).ifPresent(job -> queue.events().changed(job, JobState.FAILED));
    }
    return rejected;
  }
}
