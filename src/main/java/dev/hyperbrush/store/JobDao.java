package dev.hyperbrush.store;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.scheduler.PixelSteps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Rows of jobs, and what happens to waiting ones; {@link ClaimDao} and {@link LeaseDao} have the
 * rest of their way. Every change of state is an UPDATE that names the state it expects and must
 * count 1, so that of two who try, one wins. Thread-safe.
 */
public final class JobDao {
  private final Database database;

  public JobDao(Database database) {
    this.database = database;
  }

  /**
   * Adds a waiting job; it is committed when this returns.
   *
   * @throws dev.hyperbrush.generation.Refusal when the queue takes no new jobs
   * @throws ChargeRefused when that exceeds a limit of its person
   * @throws RequestRepeated when its command became a job before
   */
  public Inserted insert(NewJob job, FairOrder order, Instant now) {
    return database.beginWork(handle -> {
      RequestDao.requireNew(handle, job);
      Tags tags = Shares.place(handle, order, job);
      job.charge()
          .ifPresent(charge ->
              PersonUseDao.charge(handle, job.personId(), PixelSteps.of(job.request()), charge));
      return new Inserted(insert(handle, job, JobState.QUEUED, tags, now), tags);
    });
  }

  /** A new job and its place. */
  public record Inserted(long id, Tags tags) {}

  static long insert(Handle handle, NewJob job, JobState state, Tags tags, Instant now) {
    long id = insertRow(handle, job, state, tags, now);
    RequestDao.remember(handle, job, id, now);
    return id;
  }

  private static long insertRow(Handle handle, NewJob job, JobState state, Tags tags, Instant now) {
    GenerationRequest request = job.request();
    return handle
        .createUpdate(
            """
            INSERT INTO job (person_id, platform, channel, server, request, model, loras, prompt,
              seed, state, cost, start_tag, finish_tag, created_at,
              parent_job, parent_index, spoiler, weight, route, quota_day, notices)
            VALUES (:person, :platform, :channel, :server, :request, :model, :loras, :prompt,
              :seed, :state, :cost, :startTag, :finishTag, :now,
              :parentJob, :parentIndex, :spoiler, :weight, :route, :quotaDay, :notices)\
            """)
        .bind("person", job.personId())
        .bind("platform", job.origin().platform())
        .bind("channel", job.origin().channel())
        .bind("server", job.origin().server())
        .bind("request", Json.write(request))
        .bind("model", request.model())
        .bind("loras", request.lorasText())
        .bind("prompt", request.prompt())
        .bind("seed", request.seed().value())
        .bind("state", state.name())
        .bind("cost", PixelSteps.of(request))
        .bind("startTag", tags.start())
        .bind("finishTag", tags.finish())
        .bind("now", now)
        .bind("parentJob", job.parent().map(PictureRef::jobId))
        .bind("parentIndex", job.parent().map(PictureRef::index))
        .bind("spoiler", job.spoiler())
        .bind("weight", job.weight())
        .bind("route", Json.write(job.route()))
        .bind("quotaDay", job.charge().map(Charge::day))
        .bind("notices", Json.write(job.notices()))
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  public Optional<Job> find(long id) {
    return database.read(handle -> find(handle, id));
  }

  static Optional<Job> find(Handle handle, long id) {
    return JobRow.list(handle.createQuery("SELECT * FROM job WHERE id = :id").bind("id", id))
        .stream()
        .findFirst();
  }

  /** The waiting jobs that are next, in order. */
  public List<Job> waiting(int limit) {
    return database.read(handle ->
        JobRow.list(
            handle
                .createQuery(
                    """
                    SELECT * FROM job WHERE state = 'QUEUED'
                    ORDER BY state, start_tag, id LIMIT :limit\
                    """)
                .bind("limit", limit)));
  }

  /** A person's jobs that are held, wait or are drawn, newest first. */
  public List<Job> unfinished(long personId, int limit) {
    return database.read(handle ->
        JobRow.list(
            handle
                .createQuery(
                    """
                    SELECT * FROM job
                    WHERE person_id = :person AND state IN ('HELD', 'QUEUED', 'RUNNING')
                    ORDER BY id DESC LIMIT :limit\
                    """)
                .bind("person", personId)
                .bind("limit", limit)));
  }

  /** How many jobs wait, counted up to a limit. */
  public int countWaiting(int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM
                  (SELECT id FROM job WHERE state = 'QUEUED' LIMIT :limit) AS waiting\
                """)
            .bind("limit", limit)
            .mapTo(Integer.class)
            .one());
  }

  /** How many jobs of a server wait, counted up to a limit. */
  public int countWaiting(Realm server, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM
                  (SELECT id FROM job
                    WHERE platform = :platform AND server = :server AND state = 'QUEUED'
                    LIMIT :limit) AS waiting\
                """)
            .bind("platform", server.platform())
            .bind("server", server.server())
            .bind("limit", limit)
            .mapTo(Integer.class)
            .one());
  }

  /**
   * Cancels a waiting or held job and gives its share back to the person's later ones.
   *
   * @param known whether the person knows, as they have done it themselves
   */
  public boolean cancelWaiting(long id, boolean known, Instant now) {
    return database.write(handle -> endWaiting(handle, id, JobState.CANCELLED, known, now));
  }

  /**
   * Ends a waiting or held job without a picture and gives its share back as {@link
   * #cancelWaiting}.
   */
  public boolean failWaiting(long id, Phrase failure, Instant now) {
    return database.write(handle ->
        endWaiting(handle, id, JobState.FAILED, false, now) && setFailure(handle, id, failure));
  }

  private static boolean endWaiting(
      Handle handle, long id, JobState ended, boolean known, Instant now) {
    if (!Shares.lockForReturn(handle, id)) {
      return false;
    }
    if (!end(handle, id, JobState.QUEUED, ended, now)) {
      return endHeld(handle, id, ended, known, now);
    }
    Shares.giveBack(handle, id);
    PersonUseDao.refund(handle, id);
    JobNews.ended(handle, id, known, now);
    return true;
  }

  /** A job that is held has no share to give back. */
  static boolean endHeld(Handle handle, long id, JobState ended, boolean known, Instant now) {
    if (!end(handle, id, JobState.HELD, ended, now)) {
      return false;
    }
    PersonUseDao.refund(handle, id);
    JobNews.ended(handle, id, known, now);
    return true;
  }

  private static boolean end(Handle handle, long id, JobState from, JobState ended, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE job SET state = :ended, finished_at = :now
                WHERE id = :id AND state = :from\
                """)
            .bind("from", from.name())
            .bind("ended", ended.name())
            .bind("now", now)
            .bind("id", id)
            .execute()
        == 1;
  }

  static boolean setFailure(Handle handle, long id, Phrase failure) {
    return handle
            .createUpdate("UPDATE job SET failure = :failure WHERE id = :id")
            .bind("failure", Json.write(failure))
            .bind("id", id)
            .execute()
        == 1;
  }

  /** The ids of jobs in a state since before an instant, longest first. */
  public List<Long> since(JobState state, Instant instant, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id FROM job WHERE state = :state AND created_at < :instant
                ORDER BY state, created_at LIMIT :limit\
                """)
            .bind("state", state.name())
            .bind("instant", instant)
            .bind("limit", limit)
            .mapTo(Long.class)
            .list());
  }

  /**
   * Deletes a job with everything that belongs to it, except the picture files; what was posted is
   * taken back, and that there was one is remembered.
   */
  public boolean delete(long id, Instant now) {
    return database.write(handle -> {
      JobNews.deleted(handle, id, now);
      return deleteAndRemember(handle, id, now);
    });
  }

  /** As {@link #delete} of an ended job, but what was posted stays: nobody asked for its end. */
  public boolean retire(long id, Instant now) {
    return database.write(handle -> {
      JobNews.retired(handle, id);
      return deleteAndRemember(handle, id, now);
    });
  }

  private static boolean deleteAndRemember(Handle handle, long id, Instant now) {
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
