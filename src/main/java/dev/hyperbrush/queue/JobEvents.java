package dev.hyperbrush.queue;

import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.StepProgress;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever listens what happens to jobs. Thread-safe; publishing never waits and never throws
 * what a subscriber threw.
 */
public final class JobEvents {
  /** Previews cost drawing time, so a job has at most four a second. */
  private static final Duration BETWEEN_PREVIEWS = Duration.ofMillis(250);

  private static final Logger log = LoggerFactory.getLogger(JobEvents.class);

  private final InstantSource clock;
  private final Set<Mailbox> mailboxes = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> watchers = new ConcurrentHashMap<>();

  /** When the running jobs that are watched had their last preview. */
  private final Map<Long, Instant> lastPreview = new ConcurrentHashMap<>();

  JobEvents(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Hands events to {@code subscriber}, one at a time on a thread of its own. When it is slower
   * than they come, it sees the newest of each job.
   */
  public Subscription subscribe(Consumer<JobEvent> subscriber) {
    Mailbox mailbox = new Mailbox();
    mailboxes.add(mailbox);
    mailbox.open(subscriber);
    return () -> {
      mailboxes.remove(mailbox);
      mailbox.close();
    };
  }

  /** Makes the events of a job carry previews, until closed. */
  public Subscription watch(long jobId) {
    watchers.merge(jobId, 1, Integer::sum);
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        watchers.computeIfPresent(jobId, (id, count) -> count == 1 ? null : count - 1);
      }
    };
  }

  void changed(Job job, JobState state) {
    if (state != JobState.RUNNING) {
      lastPreview.remove(job.id());
    }
    int steps = job.request().steps();
    int step = state == JobState.DONE ? steps : 0;
    publish(new JobEvent(job.id(), Optional.of(state), step, steps, Optional.empty()));
  }

  void deleted(long jobId) {
    lastPreview.remove(jobId);
    publish(JobEvent.deleted(jobId));
  }

  /** A step is done. On the drawing thread: the preview can only be computed here and now. */
  void progressed(Job job, StepProgress progress, Function<RgbImage, byte[]> encoder) {
    Optional<byte[]> preview =
        previewIsDue(job.id()) ? preview(job, progress, encoder) : Optional.empty();
    publish(
        new JobEvent(
            job.id(), Optional.of(JobState.RUNNING), progress.step(), progress.steps(), preview));
  }

  /** A picture is worth more than its preview: when this fails, drawing goes on. */
  private static Optional<byte[]> preview(
      Job job, StepProgress progress, Function<RgbImage, byte[]> encoder) {
    try {
      return progress.preview().get().map(encoder);
    } catch (RuntimeException e) {
      log.warn("No preview of job {}", job.id(), e);
      return Optional.empty();
    }
  }

  private boolean previewIsDue(long jobId) {
    if (!watchers.containsKey(jobId)) {
      return false;
    }
    Instant now = clock.instant();
    Instant last = lastPreview.getOrDefault(jobId, Instant.MIN);
    if (last.plus(BETWEEN_PREVIEWS).isAfter(now)) {
      return false;
    }
    lastPreview.put(jobId, now);
    return true;
  }

  private void publish(JobEvent event) {
    mailboxes.forEach(mailbox -> mailbox.put(event));
  }
}
