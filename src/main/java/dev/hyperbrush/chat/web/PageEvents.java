package dev.hyperbrush.chat.web;

import dev.hyperbrush.chat.TimeText;
import dev.hyperbrush.queue.JobEvent;
import dev.hyperbrush.queue.JobEvents;
import dev.hyperbrush.queue.Placed;
import dev.hyperbrush.queue.Subscription;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one open page is told: a whole job when its state changes, a few numbers and the forming
 * picture at every step, the new places of those that wait, and that the queue moved, when it does.
 *
 * <p>Events come on one thread, ends of jobs from the outbox on others; the jobs that are under way
 * when the page opens are noted on yet another, hence the lock.
 */
final class PageEvents implements Consumer<JobEvent>, AutoCloseable {
  private final EventStream stream;
  private final OwnJobs jobs;
  private final JobEvents events;
  private final Locale language;

  /** Own jobs under way; being watched, they get previews. */
  private final Map<Long, Subscription> watched = new HashMap<>();

  private final Set<Long> others = new HashSet<>();
  private final Set<Long> running = new HashSet<>();
  private boolean closed;

  PageEvents(EventStream stream, OwnJobs jobs, JobEvents events, Locale language) {
    this.stream = stream;
    this.jobs = jobs;
    this.events = events;
    this.language = language;
  }

  /** How far a job is. */
  record Progress(long id, int step, int steps, Optional<String> preview) {}

  /** Where a job is in the queue. */
  record Place(long id, int position, Optional<Long> readyIn, Optional<String> soon) {
    static Place of(Placed placed, Locale language) {
      Optional<Duration> readyIn = placed.place().readyIn();
      return new Place(
          placed.jobId(),
          placed.place().position(),
          readyIn.map(Duration::toSeconds),
          readyIn.map(time -> TimeText.about(language, time)));
    }
  }

  /** Says hello, on which the page asks for what there is: from here on it misses nothing. */
  synchronized void begin() {
    jobs.underWay().forEach(job -> watch(job.id()));
    stream.send("hello", Map.of());
  }

  @Override
  public synchronized void accept(JobEvent event) {
    if (closed) { // an event that was on its way when the subscription ended
      return;
    }
    long id = event.jobId();
    boolean changed = hasChanged(event);
    if (event.isDeleted()) {
      deleted(id);
    } else if (event.state().filter(JobState::ended).isPresent()) {
      ended(id);
    } else if (isOwn(id)) {
      watch(id);
      if (changed) {
        jobs.find(id).ifPresent(this::sendJob);
      }
      if (event.step() > 0) {
        stream.send("progress", progress(event));
      }
    }
    if (changed) {
      sendPlaces();
      stream.send("moved", Map.of());
    }
  }

  /** Whether the state is another than in the event before. */
  private boolean hasChanged(JobEvent event) {
    if (event.is(JobState.RUNNING)) {
      return running.add(event.jobId());
    }
    running.remove(event.jobId());
    return true;
  }

  private void ended(long id) {
    if (!others.remove(id)) {
      unwatch(id);
      // What was asked for on the page comes through the outbox.
      jobs.find(id)
          .filter(job -> !job.origin().platform().equals(OwnJobs.PERSON.platform()))
          .ifPresent(this::sendJob);
    }
  }

  /** How an own job ended; false when the browser does not take it. */
  synchronized boolean tell(long id) {
    return !closed && jobs.find(id).filter(this::sendJob).isPresent();
  }

  /** Whose it was cannot be found any more: a page passes over numbers that it does not know. */
  private void deleted(long id) {
    others.remove(id);
    unwatch(id);
    stream.send("removed", Map.of("id", id));
  }

  private boolean isOwn(long id) {
    if (watched.containsKey(id) || others.contains(id)) {
      return watched.containsKey(id);
    }
    boolean own = jobs.find(id).isPresent();
    if (!own) {
      others.add(id);
    }
    return own;
  }

  private void watch(long id) {
    watched.computeIfAbsent(id, events::watch);
  }

  private void unwatch(long id) {
    Subscription watch = watched.remove(id);
    if (watch != null) {
      watch.close();
    }
  }

  private boolean sendJob(Job job) {
    return stream.send("job", jobs.json(job, language));
  }

  private void sendPlaces() {
    for (Placed waiting : watched.isEmpty() ? List.<Placed>of() : jobs.nextInQueue()) {
      if (watched.containsKey(waiting.jobId())) {
        stream.send("place", Place.of(waiting, language));
      }
    }
  }

  private static Progress progress(JobEvent event) {
    Optional<String> preview =
        event
            .previewPng()
            .map(png -> "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    return new Progress(event.jobId(), event.step(), event.steps(), preview);
  }

  @Override
  public synchronized void close() {
    closed = true;
    watched.values().forEach(Subscription::close);
    watched.clear();
  }
}
