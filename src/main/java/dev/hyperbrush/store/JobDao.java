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
                  parent_job, parent_index, spoiler, weight)
                VALUES (:person, :platform, :channel, :server, :request, :model, :prompt,
                  :seed, 'QUEUED', :cost, :startTag, :finishTag, :now,
                  :parentJob, :parentIndex, :spoiler, :weight)\
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

  public boolean cancelWaiting(long id, Instant now) {
    return database.write(handle -> end(handle, id, JobState.QUEUED, JobState.CANCELLED, now));
  }

  public boolean cancelRunning(long id, Instant now) {
    return database.write(handle -> end(handle, id, JobState.RUNNING, JobState.CANCELLED, now));
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

  private static boolean end(Handle handle, long id, JobState from, JobState ended, Instant now) {
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
      int failed =
          handle
              .createUpdate(
                  """
                  UPDATE job SET state = 'FAILED', finished_at = :now, failure = :failure,
                    attempts = attempts + 1
                  WHERE state = 'RUNNING' AND attempts + 1 >= :max\
                  """)
              .bind("now", now)
              .bind("failure", Json.write(failure))
              .bind("max", maxAttempts)
              .execute();
      int requeued =
          handle
              .createUpdate(
                  """
                  UPDATE job SET state = 'QUEUED', started_at = NULL, attempts = attempts + 1
                  WHERE state = 'RUNNING'\
                  """)
              .execute();
      return failed + requeued;
    });
  }

  /** Deletes a job with everything that belongs to it, except the picture files. */
  public boolean delete(long id) {
    return database.write(handle ->
        handle.createUpdate("DELETE FROM job WHERE id = :id").bind("id", id).execute() == 1);
  }
}
