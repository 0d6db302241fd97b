package dev.hyperbrush.store;

import dev.hyperbrush.store.ChargeRefused.Limit;
import java.time.LocalDate;
import org.jdbi.v3.core.Handle;

/**
 * What people have used of what they may ask for. Thread-safe.
 *
 * <p>A person's row is changed in the transaction that accepts their job, and stays locked until
 * its end: of two jobs at once, the second sees the first, in this process or another. Unfinished
 * jobs are not counted each time. Their number only grows, and when it comes to the limit they are
 * counted anew: so it is never too small, and the end of a job costs nothing.
 */
public final class PersonUseDao {
  private static final String SPENT = "CASE WHEN quota_day = :day THEN spent ELSE 0 END";

  private final Database database;

  public PersonUseDao(Database database) {
    this.database = database;
  }

  /** The pixel-steps that a person has used of a day's quota. */
  public long spent(long personId, LocalDate day) {
    return database.read(handle ->
        handle
            .createQuery("SELECT " + SPENT + " FROM person_use WHERE person_id = :person")
            .bind("person", personId)
            .bind("day", day)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L));
  }

  /**
   * Charges a person for a job that is about to be added.
   *
   * @throws ChargeRefused when that exceeds a limit
   */
  static void charge(Handle handle, long personId, long cost, Charge charge) {
    if (!add(handle, personId, cost, charge)) {
      count(handle, personId, cost, charge);
      add(handle, personId, cost, charge);
    }
  }

  private static boolean add(Handle handle, long personId, long cost, Charge charge) {
    return handle
            .createUpdate(
                """
                UPDATE person_use
                SET unfinished = unfinished + 1, spent = %1$s + :cost, quota_day = :day
                WHERE person_id = :person AND unfinished < :maxUnfinished
                  AND %1$s + :cost <= :dailyWork\
                """
                    .formatted(SPENT))
            .bind("person", personId)
            .bind("cost", cost)
            .bind("day", charge.day())
            .bind("maxUnfinished", charge.maxUnfinished())
            .bind("dailyWork", charge.dailyWork().orElse(Long.MAX_VALUE))
            .execute()
        == 1;
  }

  /** Counts while the row is locked, so that nothing is added meanwhile. */
  private static void count(Handle handle, long personId, long cost, Charge charge) {
    long spent = locked(handle, personId, charge.day());
    int unfinished =
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM job
                WHERE person_id = :person AND state IN ('HELD', 'QUEUED', 'RUNNING')\
                """)
            .bind("person", personId)
            .mapTo(Integer.class)
            .one();
    if (unfinished >= charge.maxUnfinished()) {
      throw new ChargeRefused(Limit.UNFINISHED, unfinished);
    } else if (charge.dailyWork().isPresent() && spent + cost > charge.dailyWork().getAsLong()) {
      throw new ChargeRefused(Limit.DAILY_WORK, spent);
    }
    handle
        .createUpdate("UPDATE person_use SET unfinished = :unfinished WHERE person_id = :person")
        .bind("unfinished", unfinished)
        .bind("person", personId)
        .execute();
  }

  /** Locks the row, which is made when there is none; what it says was spent on that day. */
  private static long locked(Handle handle, long personId, LocalDate day) {
    handle
        .createUpdate(
            """
            INSERT INTO person_use (person_id, unfinished, spent, quota_day)
            VALUES (:person, 0, 0, :day) ON CONFLICT DO NOTHING\
            """)
        .bind("person", personId)
        .bind("day", day)
        .execute();
    return handle
        .createQuery("SELECT " + SPENT + " FROM person_use WHERE person_id = :person FOR UPDATE")
        .bind("person", personId)
        .bind("day", day)
        .mapTo(Long.class)
        .one();
  }

  /** Gives back what a job has used, if that day is not over. */
  static void refund(Handle handle, long jobId) {
    handle
        .createUpdate(
            """
            UPDATE person_use SET spent = spent - (SELECT cost FROM job WHERE id = :job)
            WHERE person_id = (SELECT person_id FROM job WHERE id = :job)
              AND quota_day = (SELECT quota_day FROM job WHERE id = :job)\
            """)
        .bind("job", jobId)
        .execute();
  }
}
