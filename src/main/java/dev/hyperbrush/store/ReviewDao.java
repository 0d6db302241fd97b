package dev.hyperbrush.store;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.scheduler.PixelSteps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Jobs that wait for a moderator. They have no place in the queue and take none of its share until
 * they are released. Thread-safe.
 */
public final class ReviewDao {
  private final Database database;

  public ReviewDao(Database database) {
    this.database = database;
  }

  /**
   * Adds a held job; it is committed when this returns.
   *
   * @throws ChargeRefused when that exceeds a limit of its person
   * @throws RequestRepeated when its command became a job before
   */
  public long insert(NewJob job, Hold hold, Instant now) {
    return database.beginWork(handle -> {
      RequestDao.requireNew(handle, job);
      job.charge()
          .ifPresent(charge ->
              PersonUseDao.charge(handle, job.personId(), PixelSteps.of(job.request()), charge));
      long id = JobDao.insert(handle, job, JobState.HELD, new Tags(0, 0), now);
      insert(handle, id, hold);
      return id;
    });
  }

  private static void insert(Handle handle, long job, Hold hold) {
    handle
        .createUpdate(
            """
            INSERT INTO review (job_id, platform, server, rule_id, reason, by_operator)
            VALUES (:job, :platform, :server, :rule, :reason, :byOperator)\
            """)
        .bind("job", job)
        .bind("platform", hold.realm().platform())
        .bind("server", hold.realm().server())
        .bind("rule", hold.ruleId())
        .bind("reason", hold.reason())
        .bind("byOperator", hold.byOperator())
        .execute();
  }

  /** Why a job is held; empty when it is not, or not any more. */
  public Optional<Hold> find(long jobId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT review.* FROM review JOIN job ON job.id = review.job_id
                WHERE job_id = :job AND state = 'HELD'\
                """)
            .bind("job", jobId)
            .map((row, _) -> hold(row))
            .findOne());
  }

  /** Held jobs of a realm, oldest first, behind {@code afterId}; of all when it is everywhere. */
  public List<HeldJob> waiting(Realm realm, long afterId, int limit) {
    String place = realm.isEverywhere() ? "" : "AND platform = :platform AND server = :server ";
    return database.read(handle -> {
      Query ids =
          handle
              .createQuery(
                  "SELECT * FROM review WHERE job_id > :after "
                      + place
                      + "AND EXISTS (SELECT 1 FROM job WHERE job.id = job_id AND state = 'HELD')"
                      + " ORDER BY job_id LIMIT :limit")
              .bind("after", afterId)
              .bind("limit", limit);
      if (!realm.isEverywhere()) {
        ids.bind("platform", realm.platform()).bind("server", realm.server());
      }
      List<HeldJob> held = new ArrayList<>();
      for (Row row : ids.map((row, _) -> new Row(row.getLong("job_id"), hold(row))).list()) {
        JobDao.find(handle, row.jobId()).ifPresent(job -> held.add(new HeldJob(job, row.hold())));
      }
      return held;
    });
  }

  private record Row(long jobId, Hold hold) {}

  private static Hold hold(ResultSet row) throws SQLException {
    return new Hold(
        new Realm(row.getString("platform"), row.getString("server")),
        row.getLong("rule_id"),
        row.getString("reason"),
        row.getBoolean("by_operator"));
  }

  /**
   * Gives a held job a place in the queue, as if it were asked for now.
   *
   * @return its place; empty when it is not held any more
   */
  public Optional<Tags> release(Job job, double weight, FairOrder order) {
    return database.write(handle -> {
      Tags tags =
          Shares.place(
              handle, order, job.personId(), new Work(PixelSteps.of(job.request()), weight));
      boolean released =
          handle
                  .createUpdate(
                      """
                      UPDATE job SET state = 'QUEUED', start_tag = :start, finish_tag = :finish
                      WHERE id = :id AND state = 'HELD'\
                      """)
                  .bind("start", tags.start())
                  .bind("finish", tags.finish())
                  .bind("id", job.id())
                  .execute()
              == 1;
      if (!released) {
        handle.rollback();
        return Optional.empty();
      }
      return Optional.of(tags);
    });
  }

  /** The share of the work that a job's person had when it was accepted. */
  public double weight(long jobId) {
    return database.read(handle ->
        handle
            .createQuery("SELECT weight FROM job WHERE id = :id")
            .bind("id", jobId)
            .mapTo(Double.class)
            .findOne()
            .orElse(1.0));
  }

  /** Ends a held job without a picture; false when it is not held any more. */
  public boolean reject(long id, Phrase why, Instant now) {
    return database.write(handle ->
        JobDao.endHeld(handle, id, JobState.FAILED, false, now)
            && JobDao.setFailure(handle, id, why));
  }
}
