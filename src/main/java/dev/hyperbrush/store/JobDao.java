package dev.hyperbrush.store;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Rows of jobs. Every change of state is an UPDATE that names the state it expects and must count
 * 1, so that of two who try, one wins. Thread-safe.
 */
public final class JobDao {
  private final Database database;

  public JobDao(Database database) {
    this.database = database;
  }

  /**
   * Adds a waiting job; it is committed when this returns.
   *
   * @param startTag start of its share of the work, in pixel-steps
   * @param finishTag its place in the queue: the smallest is next, ties go to the smallest id
   */
  public long insert(NewJob job, long startTag, long finishTag, Instant now) {
    GenerationRequest request = job.request();
    return database.beginWork(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO job (person_id, platform, channel, server, request, model, prompt,
                  seed, state, cost, start_tag, finish_tag, created_at,
                  parent_job, parent_index, spoiler, weight, route)
                VALUES (:person, :platform, :channel, :server, :request, :model, :prompt,
                  :seed, 'QUEUED', :cost, :startTag, :finishTag, :now,
                  :parentJob, :parentIndex, :spoiler, :weight, :route)\
                """)
            .bind("person", job.personId())
            .bind("platform", job.origin().platform())
            .bind("channel", job.origin().channel())
            .bind("server", job.origin().server())
            .bind("request", Json.write(request))
            .bind("model", request.model())
            .bind("prompt", request.prompt())
            .bind("seed", request.seed().value())
            .bind("cost", request.cost())
            .bind("startTag", startTag)
            .bind("finishTag", finishTag)
            .bind("now", now)
            .bind("parentJob", job.parent().map(PictureRef::jobId))
            .bind("parentIndex", job.parent().map(PictureRef::index))
            .bind("spoiler", job.spoiler())
            .bind("weight", job.weight())
            .bind("route", Json.write(job.route()))
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one());
  }

  public Optional<Job> find(long id) {
    return database.read(handle ->
        JobRow.list(handle.createQuery("SELECT * FROM job WHERE id = :id").bind("id", id)).stream()
            .findFirst());
  }

  /**
   * The ids of the waiting jobs that are next, in order. H2 reads them off the index only when the
   * order begins with the state, though that is the same in all.
   */
  public List<Long> next(int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id FROM job WHERE state = 'QUEUED'
                ORDER BY state, finish_tag, id LIMIT :limit\
                """)
            .bind("limit", limit)
            .mapTo(Long.class)
            .list());
  }

  /** The waiting jobs that are next, in order. */
  public List<Job> waiting(int limit) {
    return database.read(handle ->
        JobRow.list(
            handle
                .createQuery(
                    """
                    SELECT * FROM job WHERE state = 'QUEUED'
                    ORDER BY state, finish_tag, id LIMIT :limit\
                    """)
                .bind("limit", limit)));
  }

  /** A person's jobs that wait or are drawn, newest first. */
  public List<Job> unfinished(long personId, int limit) {
    return database.read(handle ->
        JobRow.list(
            handle
                .createQuery(
                    """
                    SELECT * FROM job WHERE person_id = :person AND state IN ('QUEUED', 'RUNNING')
                    ORDER BY id DESC LIMIT :limit\
                    """)
                .bind("person", personId)
                .bind("limit", limit)));
  }

  public int countWaiting() {
    return database.read(handle ->
        handle
            .createQuery("SELECT COUNT(*) FROM job WHERE state = 'QUEUED'")
            .mapTo(Integer.class)
            .one());
  }

  /** 1 for the job that is next; 0 for one that does not wait. */
  public int position(long id) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM job mine JOIN job ahead
                  ON ahead.state = 'QUEUED' AND (ahead.finish_tag < mine.finish_tag
                    OR (ahead.finish_tag = mine.finish_tag AND ahead.id <= mine.id))
                WHERE mine.id = :id AND mine.state = 'QUEUED'\
                """)
            .bind("id", id)
            .mapTo(Integer.class)
            .one());
  }

  /** Takes a waiting job for drawing; false when somebody else was faster. */
  public boolean claim(long id, Instant now) {
    return database.beginWork(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE job SET state = 'RUNNING', started_at = :now
                    WHERE id = :id AND state = 'QUEUED'\
                    """)
                .bind("id", id)
                .bind("now", now)
                .execute()
            == 1);
  }

  /** Gives a running job back: it is drawn again, at its old place in the queue. */
  public boolean requeue(long id) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE job SET state = 'QUEUED', started_at = NULL
                    WHERE id = :id AND state = 'RUNNING'\
                    """)
                .bind("id", id)
                .execute()
            == 1);
  }

  /**
   * Cancels a waiting job.
   *
   * @param known whether the person knows, as they have done it themselves
   */
  public boolean cancelWaiting(long id, boolean known, Instant now) {
    return database.write(handle -> cancel(handle, id, JobState.QUEUED, known, now));
  }

  /**
   * Cancels a running job.
   *
   * @param known whether the person knows, as they have done it themselves
   */
  public boolean cancelRunning(long id, boolean known, Instant now) {
    return database.write(handle -> cancel(handle, id, JobState.RUNNING, known, now));
  }

  private static boolean cancel(Handle handle, long id, JobState from, boolean known, Instant now) {
    boolean cancelled = setState(handle, id, from, JobState.CANCELLED, now);
    if (cancelled) {
      JobNews.ended(handle, id, known, now);
    }
    return cancelled;
  }

  public boolean fail(long id, Phrase failure, Instant now) {
    return database.write(handle ->
        end(handle, id, JobState.RUNNING, JobState.FAILED, now)
            && set(handle, id, "failure", failure));
  }

  /** Ends a running job with its pictures, whose files are there; false when it was deleted. */
  public boolean finish(long id, List<Picture> pictures, List<Phrase> notices, Instant now) {
    return database.write(handle -> {
      if (!end(handle, id, JobState.RUNNING, JobState.DONE, now)) {
        return false;
      }
      PictureDao.insert(handle, pictures, now);
      return set(handle, id, "notices", notices);
    });
  }

  /** Ends a job, and leaves that in the outbox. */
  private static boolean end(Handle handle, long id, JobState from, JobState ended, Instant now) {
    boolean changed = setState(handle, id, from, ended, now);
    if (changed) {
      JobNews.ended(handle, id, false, now);
    }
    return changed;
  }

  private static boolean setState(
      Handle handle, long id, JobState from, JobState ended, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE job SET state = :ended, finished_at = :now
                WHERE id = :id AND state = :from\
                """)
            .bind("ended", ended.name())
            .bind("now", now)
            .bind("id", id)
            .bind("from", from.name())
            .execute()
        == 1;
  }

  private static boolean set(Handle handle, long id, String column, Object value) {
    return handle
            .createUpdate("UPDATE job SET " + column + " = :value WHERE id = :id")
            .bind("value", Json.write(value))
            .bind("id", id)
            .execute()
        == 1;
  }

  /**
   * Puts back what a dead process was drawing.
   *
   * @param maxAttempts a job that as many processes died over fails with {@code failure} instead
   * @return how many jobs were running
   */
  public int recover(int maxAttempts, Phrase failure, Instant now) {
    return database.write(handle -> {
      List<Long> hopeless = runningWith(handle, maxAttempts - 1);
      for (long id : hopeless) {
        end(handle, id, JobState.RUNNING, JobState.FAILED, now);
        set(handle, id, "failure", failure);
        handle.execute("UPDATE job SET attempts = attempts + 1 WHERE id = ?", id);
      }
      int requeued =
          handle
              .createUpdate(
                  """
                  UPDATE job SET state = 'QUEUED', started_at = NULL, attempts = attempts + 1
                  WHERE state = 'RUNNING'\
                  """)
              .execute();
      return hopeless.size() + requeued;
    });
  }

  private static List<Long> runningWith(Handle handle, int attempts) {
    return handle
        .createQuery("SELECT id FROM job WHERE state = 'RUNNING' AND attempts >= :attempts")
        .bind("attempts", attempts)
        .mapTo(Long.class)
        .list();
  }

  /**
   * Deletes a job with everything that belongs to it, except the picture files; what was posted is
   * taken back, and that there was one is remembered.
   */
  public boolean delete(long id, Instant now) {
    return database.write(handle -> {
      JobNews.deleted(handle, id, now);
      handle
          .createUpdate(
              """
              INSERT INTO deleted_job (job_id, person_id, platform, channel, server, deleted_at)
              SELECT id, person_id, platform, channel, server, :now FROM job WHERE id = :id
              ON CONFLICT DO NOTHING\
              """)
          .bind("id", id)
          .bind("now", now)
          .execute();
      return handle.createUpdate("DELETE FROM job WHERE id = :id").bind("id", id).execute() == 1;
    });
  }

  /**
   * Changes where the end of a job will be told, when that is known better than at its submission.
   *
   * @return false when it is too late: the end is being told, or has been
   */
  public boolean reroute(long id, Route route) {
    return database.write(handle -> {
      boolean unended =
          handle
                  .createUpdate(
                      """
                      UPDATE job SET route = :route
                      WHERE id = :id AND state IN ('HELD', 'QUEUED', 'RUNNING')\
                      """)
                  .bind("route", Json.write(route))
                  .bind("id", id)
                  .execute()
              == 1;
      return unended || JobNews.rerouted(handle, id, route);
    });
  }
}
