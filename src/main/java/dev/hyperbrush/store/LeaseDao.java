package dev.hyperbrush.store;

import dev.hyperbrush.generation.Phrase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/**
 * Running jobs and every way out for them. Each change names the owner of the lease and must count
 * 1: a worker that was taken for dead changes nothing any more. Thread-safe.
 */
public final class LeaseDao {
  /** A request to stop must not be forgotten when its job goes back. */
  private static final String BACK =
      "state = CASE WHEN cancel_requested THEN 'CANCELLED' ELSE 'QUEUED' END,"
          + " finished_at = CASE WHEN cancel_requested"
          + " THEN CAST(:now AS TIMESTAMP WITH TIME ZONE) END,"
          + " started_at = NULL";

  private final Database database;

  public LeaseDao(Database database) {
    this.database = database;
  }

  /** False when the job is not the owner's any more. */
  public boolean renew(long id, Lease lease) {
    return database.write(handle ->
        owned(handle, "lease_until = :until", id, lease.owner())
                .bind("until", lease.until())
                .execute()
            == 1);
  }

  /**
   * Gives a running job back: it is drawn again, at its old place in the queue, unless somebody
   * asked it to stop.
   *
   * @param tries that came to nothing since it was claimed, 0 or 1
   */
  public boolean requeue(long id, String owner, int tries, Instant now) {
    return database.write(handle ->
        told(
            handle,
            id,
            now,
            owned(handle, BACK + ", attempts = attempts + :tries", id, owner)
                .bind("now", now)
                .bind("tries", tries)));
  }

  /**
   * Cancels a running job.
   *
   * @param known whether the person knows, as they have done it themselves
   */
  public boolean cancel(long id, String owner, boolean known, Instant now) {
    return database.write(handle ->
        told(
            handle,
            id,
            now,
            owned(
                    handle,
                    "state = 'CANCELLED', finished_at = :now,"
                        + " cancel_known = (cancel_known OR :known)",
                    id,
                    owner)
                .bind("now", now)
                .bind("known", known)));
  }

  public boolean fail(long id, String owner, Phrase failure, Instant now) {
    return database.write(handle ->
        told(
            handle,
            id,
            now,
            owned(handle, "state = 'FAILED', finished_at = :now, failure = :failure", id, owner)
                .bind("now", now)
                .bind("failure", Json.write(failure))));
  }

  /**
   * Ends a running job with its pictures, whose files are there; false when it is not the owner's
   * any more, or was asked to stop.
   *
   * @param notices what is to be known beside what was from the beginning
   */
  public boolean finish(
      Job job, String owner, List<Picture> pictures, List<Phrase> notices, Instant now) {
    return database.write(handle -> {
      boolean ended =
          told(
              handle,
              job.id(),
              now,
              handle
                  .createUpdate(
                      """
                      UPDATE job SET state = 'DONE', finished_at = :now, notices = :notices
                      WHERE id = :id AND state = 'RUNNING' AND lease_owner = :owner
                        AND NOT cancel_requested\
                      """)
                  .bind("now", now)
                  .bind("notices", Json.write(together(job.notices(), notices)))
                  .bind("id", job.id())
                  .bind("owner", owner));
      if (ended) {
        PictureDao.insert(handle, pictures, now);
      }
      return ended;
    });
  }

  private static List<Phrase> together(List<Phrase> before, List<Phrase> now) {
    return Stream.concat(before.stream(), now.stream()).distinct().toList();
  }

  /** Runs an update of one job that must count 1, and leaves in the outbox if it ended the job. */
  private static boolean told(Handle handle, long id, Instant now, Update update) {
    if (update.execute() != 1) {
      return false;
    }
    After after =
        handle
            .createQuery("SELECT state, cancel_known FROM job WHERE id = :id")
            .bind("id", id)
            .map((row, _) ->
                new After(JobState.valueOf(row.getString("state")), row.getBoolean("cancel_known")))
            .one();
    if (after.state == JobState.FAILED) { // what was cancelled was drawn in part
      PersonUseDao.refund(handle, id);
    }
    if (after.state.ended()) {
      JobNews.ended(handle, id, after.state == JobState.CANCELLED && after.cancelKnown, now);
    }
    return true;
  }

  private record After(JobState state, boolean cancelKnown) {}

  private static Update owned(Handle handle, String changes, long id, String owner) {
    return handle
        .createUpdate(
            "UPDATE job SET "
                + changes
                + " WHERE id = :id AND state = 'RUNNING' AND lease_owner = :owner")
        .bind("id", id)
        .bind("owner", owner);
  }

  /**
   * Asks whoever draws a job to stop; false when nobody does, or only {@code myself} does.
   *
   * @param myself what the names of the owners in this process begin with
   * @param known whether the person knows, as they have done it themselves
   */
  public boolean requestCancel(long id, String myself, boolean known) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE job SET cancel_requested = TRUE, cancel_known = :known
                    WHERE id = :id AND state = 'RUNNING' AND lease_owner NOT LIKE :myself\
                    """)
                .bind("id", id)
                .bind("known", known)
                .bind("myself", myself + "%")
                .execute()
            == 1);
  }

  /**
   * The running jobs of a process that nobody asked to stop.
   *
   * @param process what the names of its owners begin with
   */
  public List<Long> wanted(String process) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id FROM job
                WHERE state = 'RUNNING' AND lease_owner LIKE :process AND NOT cancel_requested\
                """)
            .bind("process", process + "%")
            .mapTo(Long.class)
            .list());
  }

  /** All running jobs, whoever has them. */
  public List<LostTry> running() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, lease_owner, lease_until, started_at, attempts, deaths
                FROM job WHERE state = 'RUNNING' ORDER BY state, start_tag, id\
                """)
            .map(LeaseDao::lostTry)
            .list());
  }

  /**
   * Takes a job from an owner who is gone, to be drawn again at its old place, unless somebody
   * asked it to stop; false when the owner lives after all and has renewed the lease.
   *
   * @param deaths of processes that the job may have caused, 0 or 1
   */
  public boolean putBack(LostTry lost, int deaths, Instant now) {
    return database.write(handle ->
        told(
            handle,
            lost.jobId(),
            now,
            lost(handle, BACK + ", attempts = attempts + 1, deaths = deaths + :deaths", lost)
                .bind("deaths", deaths)
                .bind("now", now)));
  }

  /** Ends the job of an owner who is gone; false as in {@link #putBack}. */
  public boolean giveUp(LostTry lost, Phrase failure, Instant now) {
    return database.write(handle ->
        told(
            handle,
            lost.jobId(),
            now,
            lost(
                    handle,
                    "state = 'FAILED', finished_at = :now, failure = :failure,"
                        + " attempts = attempts + 1",
                    lost)
                .bind("now", now)
                .bind("failure", Json.write(failure))));
  }

  /** The owner of a lost lease is there after all: its process did not die over the job. */
  public void notDead(long id) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                UPDATE job SET deaths = deaths - 1
                WHERE id = :id AND deaths > 0 AND state IN ('QUEUED', 'RUNNING')\
                """)
            .bind("id", id)
            .execute());
  }

  private static Update lost(Handle handle, String changes, LostTry lost) {
    return handle
        .createUpdate(
            "UPDATE job SET "
                + changes
                + " WHERE id = :id AND state = 'RUNNING'"
                + " AND lease_owner IS NOT DISTINCT FROM :leaseOwner"
                + " AND lease_until IS NOT DISTINCT FROM :leaseUntil")
        .bind("id", lost.jobId())
        .bind("leaseOwner", lost.owner())
        .bind("leaseUntil", lost.leaseUntil());
  }

  private static LostTry lostTry(ResultSet row, StatementContext context) throws SQLException {
    return new LostTry(
        row.getLong("id"),
        Optional.ofNullable(row.getString("lease_owner")),
        instant(row, "lease_until"),
        instant(row, "started_at").orElse(Instant.EPOCH),
        row.getInt("attempts"),
        row.getInt("deaths"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
