package dev.hyperbrush.queue;

import dev.hyperbrush.store.Gallery;
import dev.hyperbrush.store.RequestDao;
import dev.hyperbrush.store.RetentionDao;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what is not kept any longer, in small steps on a thread of its own. Thread-safe, on
 * several processes at once.
 */
public final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofHours(1);

  /** Deleted between two looks at what is left. */
  private static final int BATCH = 50;

  /** Files younger than this may wait for their rows. */
  private static final Duration UNTIL_ORPHAN = Duration.ofHours(1);

  /** No platform hands in a command again that is older; Telegram keeps them for a day. */
  private static final Duration UNTIL_FORGOTTEN = Duration.ofDays(3);

  private final RetentionDao kept;
  private final RequestDao requests;
  private final Gallery gallery;
  private final JobEvents events;
  private final InstantSource clock;
  private final RetentionSettings settings;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());

  Housekeeping(
      RetentionDao kept,
      RequestDao requests,
      Gallery gallery,
      JobEvents events,
      InstantSource clock,
      RetentionSettings settings) {
    this.kept = kept;
    this.requests = requests;
    this.gallery = gallery;
    this.events = events;
    this.clock = clock;
    this.settings = settings;
  }

  /** Begins to clear away now and then. */
  Housekeeping start() {
    var _ =
        thread.scheduleWithFixedDelay(
            this::tidy, FIRST.toMillis(), BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /** Clears away everything that is not kept now. Never throws. */
  void tidy() {
    try {
      int jobs = retireOld() + retireTooMany();
      requests.forgetBefore(clock.instant().minus(UNTIL_FORGOTTEN));
      int files = gallery.deleteOrphans(clock.instant().minus(UNTIL_ORPHAN));
      if (jobs + files > 0) {
        log.info("Cleared away {} old jobs and {} files without a job", jobs, files);
      }
    } catch (RuntimeException e) {
      log.warn("Nothing more can be cleared away now: {}", e.getMessage());
    }
  }

  private int retireOld() {
    return settings.keepFor().map(time -> retireBefore(clock.instant().minus(time))).orElse(0);
  }

  private int retireBefore(Instant moment) {
    int count = 0;
    List<Long> old = kept.endedBefore(moment, BATCH);
    while (!old.isEmpty() && !thread.isShutdown()) {
      count += retire(old);
      old = kept.endedBefore(moment, BATCH);
    }
    return count;
  }

  private int retireTooMany() {
    int count = 0;
    for (long excess = excess(); excess > 0 && !thread.isShutdown(); excess = excess()) {
      List<RetentionDao.Drawn> oldest = kept.drawnBefore(clock.instant(), BATCH);
      if (oldest.isEmpty()) {
        log.warn("All pictures that are left are favourites, and take more than they should");
        break;
      }
      // Files that others share stay, so what is left is measured again behind these.
      for (RetentionDao.Drawn drawn : oldest) {
        if (excess > 0) {
          count += retire(List.of(drawn.jobId()));
          excess -= drawn.bytes();
        }
      }
    }
    return count;
  }

  /** Bytes of pictures beyond what there may be; looks at all of them. */
  private long excess() {
    return settings.mostBytes().isPresent()
        ? kept.pictureBytes() - settings.mostBytes().getAsLong()
        : 0;
  }

  private int retire(List<Long> ids) {
    int count = 0;
    for (long id : ids) {
      if (gallery.retire(id, clock.instant())) {
        events.deleted(id);
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    thread.shutdown();
    thread.close();
  }
}
