package dev.hyperbrush.store;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.scheduler.PixelSteps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the numbers of the fair order, within the transactions that change jobs.
 *
 * <p>Whoever changes the tags of a person's jobs locks that person's row of {@code fair_share}
 * first, so that two jobs asked for at once get places behind each other, on any process. Whoever
 * moves the virtual time locks the row of {@code queue_status} last; who only reads it for a new
 * job does not wait for that.
 */
final class Shares {
  /** The place of a new job, behind its person's others. */
  static Tags place(Handle handle, FairOrder order, NewJob job) {
    return place(
        handle, order, job.personId(), new Work(PixelSteps.of(job.request()), job.weight()));
  }

  static Tags place(Handle handle, FairOrder order, long person, Work work) {
    Share share = lock(handle, person).or(() -> create(handle, person)).orElseThrow();
    if (share.mode == QueueMode.DRAINING) {
      throw new Refusal(ReasonCode.QUEUE_DRAINING);
    }
    Tags tags = order.place(share.time, share.finish, work);
    setFinish(handle, person, tags.finish());
    return tags;
  }

  private record Share(long finish, VirtualTime time, QueueMode mode) {
    static Share of(ResultSet row, StatementContext context) throws SQLException {
      return new Share(row.getLong("finish_tag"), Status.time(row), Status.mode(row));
    }
  }

  /** The subqueries keep the one row of all from being locked with the person's. */
  private static Optional<Share> lock(Handle handle, long person) {
    return handle
        .createQuery(
            """
            SELECT finish_tag,
              (SELECT virtual_time FROM queue_status WHERE id = 1) AS virtual_time,
              (SELECT last_finish FROM queue_status WHERE id = 1) AS last_finish,
              (SELECT mode FROM queue_status WHERE id = 1) AS mode
            FROM fair_share WHERE person_id = :person FOR UPDATE\
            """)
        .bind("person", person)
        .map(Share::of)
        .findOne();
  }

  /** Waits while another transaction makes the same row. */
  private static Optional<Share> create(Handle handle, long person) {
    handle
        .createUpdate(
            """
            INSERT INTO fair_share (person_id, finish_tag) VALUES (:person, 0)
            ON CONFLICT DO NOTHING\
            """)
        .bind("person", person)
        .execute();
    return lock(handle, person);
  }

  private static void setFinish(Handle handle, long person, long finish) {
    handle
        .createUpdate("UPDATE fair_share SET finish_tag = :finish WHERE person_id = :person")
        .bind("finish", finish)
        .bind("person", person)
        .execute();
  }

  /** Moves the virtual time by a job that this transaction has claimed, up to {@code present}. */
  static void claimed(Handle handle, FairOrder order, long jobId, long present, VirtualTime time) {
    Placed placed = placed(handle, jobId);
    Status.setTime(handle, time, order.claimed(time, placed.tags.from(present), placed.work));
  }

  /**
   * Locks what {@link #giveBack} changes, before the state of the job changes.
   *
   * @return false when there is no such job
   */
  static boolean lockForReturn(Handle handle, long jobId) {
    Optional<Long> person =
        handle
            .createQuery("SELECT person_id FROM job WHERE id = :id")
            .bind("id", jobId)
            .mapTo(Long.class)
            .findOne();
    person.ifPresent(id -> lock(handle, id));
    return person.isPresent();
  }

  /** The person's later jobs move up by the share that this one, which waited, does not need. */
  static void giveBack(Handle handle, long jobId) {
    Placed placed = placed(handle, jobId);
    handle
        .createUpdate(
            """
            UPDATE job SET start_tag = start_tag - :length, finish_tag = finish_tag - :length
            WHERE person_id = :person AND state = 'QUEUED' AND start_tag >= :finish\
            """)
        .bind("length", placed.tags.length())
        .bind("person", placed.person)
        .bind("finish", placed.tags.finish())
        .execute();
    handle
        .createUpdate(
            """
            UPDATE fair_share SET finish_tag = finish_tag - :length
            WHERE person_id = :person AND finish_tag >= :finish\
            """)
        .bind("length", placed.tags.length())
        .bind("person", placed.person)
        .bind("finish", placed.tags.finish())
        .execute();
  }

  private record Placed(long person, Tags tags, Work work) {
    static Placed of(ResultSet row, StatementContext context) throws SQLException {
      return new Placed(
          row.getLong("person_id"),
          new Tags(row.getLong("start_tag"), row.getLong("finish_tag")),
          new Work(row.getLong("cost"), row.getDouble("weight")));
    }
  }

  private static Placed placed(Handle handle, long jobId) {
    return handle
        .createQuery(
            "SELECT person_id, start_tag, finish_tag, cost, weight FROM job WHERE id = :id")
        .bind("id", jobId)
        .map(Placed::of)
        .one();
  }

  private Shares() {}
}
