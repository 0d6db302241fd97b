package dev.hyperbrush.store;

import dev.hyperbrush.generation.GenerationRequest;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * How waiting jobs become running ones, in fair order. Thread-safe.
 *
 * <p>A claim reads candidates off the index and takes one by an UPDATE that must count 1, as H2
 * does not skip locked rows in every order (it locks all that match).
 */
public final class ClaimDao {
  private final Database database;
  private final FairOrder order;

  public ClaimDao(Database database, FairOrder order) {
    this.database = database;
    this.order = order;
  }

  /**
   * A waiting job, as far as it decides who takes it.
   *
   * @param loras beside those of its model, see {@link GenerationRequest#lorasText}
   */
  public record Candidate(long id, long startTag, String model, String loras) {}

  /**
   * The waiting jobs that are next, in order; none while the queue is paused. H2 reads them off the
   * index only when the order begins with the state, though that is the same in all.
   */
  public List<Candidate> next(int limit) {
    return database.read(handle ->
        Status.read(handle).mode() == QueueMode.PAUSED
            ? List.<Candidate>of()
            : handle
                .createQuery(
                    """
                    SELECT id, start_tag, model, loras FROM job WHERE state = 'QUEUED'
                    ORDER BY state, start_tag, id LIMIT :limit\
                    """)
                .bind("limit", limit)
                .map((row, _) ->
                    new Candidate(
                        row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)))
                .list());
  }

  /**
   * Takes a waiting job for drawing; false when somebody else was faster, or paused the queue.
   *
   * @param present the queue goes no farther than here, the start of the first job that waits: who
   *     comes now is not behind those that it is passed over for
   */
  public boolean claim(long id, long present, Lease lease, Instant now) {
    return database.beginWork(handle -> {
      if (!take(handle, id, lease, now)) {
        return false;
      }
      Status status = Status.lock(handle);
      if (status.mode() == QueueMode.PAUSED) {
        handle.rollback();
        return false;
      }
      Shares.claimed(handle, order, id, present, status.time());
      return true;
    });
  }

  private static boolean take(Handle handle, long id, Lease lease, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE job SET state = 'RUNNING', started_at = :now, cancel_requested = FALSE,
                  cancel_known = FALSE, lease_owner = :owner, lease_until = :until
                WHERE id = :id AND state = 'QUEUED'\
                """)
            .bind("now", now)
            .bind("owner", lease.owner())
            .bind("until", lease.until())
            .bind("id", id)
            .execute()
        == 1;
  }

  /**
   * Notes that a worker found nothing to do. Mostly it is the same as before: that costs a read.
   */
  public void idle() {
    VirtualTime seen = database.read(Status::read).time();
    if (!order.idle(seen).equals(seen)) {
      database.write(handle -> {
        VirtualTime time = Status.lock(handle).time();
        Status.setTime(handle, time, order.idle(time));
        return time;
      });
    }
  }

  public QueueMode mode() {
    return database.read(Status::read).mode();
  }

  /** Applies to all processes; when this returns, none begins what {@code mode} does not allow. */
  public void setMode(QueueMode mode) {
    database.write(handle -> {
      Status.lock(handle);
      Status.setMode(handle, mode);
      return mode;
    });
  }
}
