package dev.hyperbrush.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Rows of the outbox. A claim is a lease: whoever has it alone may settle it, until it ends and the
 * row is due again. Thread-safe.
 */
public final class DeliveryDao {
  /** What failed more often at one destination no longer holds up what is behind it. */
  static final int PATIENCE = 8;

  private final Database database;

  public DeliveryDao(Database database) {
    this.database = database;
  }

  /**
   * What may be posted or taken back now: of each lane the first alone, as long as that is tried.
   */
  public List<Delivery> due(String platform, Instant now, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM delivery mine
                WHERE platform = :platform AND next_try <= :now AND NOT EXISTS (
                  SELECT 1 FROM delivery ahead
                  WHERE ahead.platform = mine.platform AND ahead.lane = mine.lane
                    AND ahead.next_try > :never AND ahead.id < mine.id
                    AND ahead.attempts < :patience)
                ORDER BY platform, next_try LIMIT :limit\
                """)
            .bind("platform", platform)
            .bind("now", now)
            .bind("never", Instant.EPOCH) // leaves out null, and can be read off the index
            .bind("patience", PATIENCE)
            .bind("limit", limit)
            .map(new DeliveryRow())
            .list());
  }

  /**
   * What was posted last in a lane under a name like one of two.
   *
   * @param names as patterns of SQL
   */
  public Optional<Delivery> postedLike(String platform, String lane, List<String> names) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM delivery
                WHERE platform = :platform AND lane = :lane
                  AND (message LIKE :one OR message LIKE :other)
                ORDER BY id DESC LIMIT 1\
                """)
            .bind("platform", platform)
            .bind("lane", lane)
            .bind("one", names.getFirst())
            .bind("other", names.getLast())
            .map(new DeliveryRow())
            .findOne());
  }

  /** Claims a row that was due; empty when somebody else was faster or it is no longer due. */
  public Optional<Delivery> claim(Delivery due, String claimant, Instant now, Instant leaseEnd) {
    boolean claimed =
        database.write(handle ->
            handle
                    .createUpdate(
                        """
                        UPDATE delivery SET claims = claims + 1, claimed_by = :claimant,
                          next_try = :leaseEnd
                        WHERE id = :id AND claims = :claims AND state = :state AND rung = :rung
                          AND next_try <= :now\
                        """)
                    .bind("claimant", claimant)
                    .bind("leaseEnd", leaseEnd)
                    .bind("id", due.id())
                    .bind("claims", due.claims())
                    .bind("state", due.state().name())
                    .bind("rung", due.rung())
                    .bind("now", now)
                    .execute()
                == 1);
    return claimed ? Optional.of(due.claimed()) : Optional.empty();
  }

  /** It is posted. When its job was deleted meanwhile, it is taken back at once. */
  public boolean posted(Delivery claimed, Optional<String> message, Instant now) {
    return database.write(handle ->
        settle(
            handle,
            claimed,
            """
            message = :message,
            next_try = CASE WHEN state = 'WITHDRAWING' THEN CAST(:now AS TIMESTAMP WITH TIME ZONE) END,
            state = CASE WHEN state = 'WITHDRAWING' THEN state ELSE 'POSTED' END\
            """,
            update -> update.bind("message", message).bind("now", now)));
  }

  /** To be tried once more in the same place. */
  public boolean retry(Delivery claimed, Instant nextTry, boolean failed) {
    return database.write(handle ->
        settle(
            handle,
            claimed,
            "attempts = attempts + :failures, next_try = :nextTry",
            update -> update.bind("failures", failed ? 1 : 0).bind("nextTry", nextTry)));
  }

  /** To be tried at the next destination. */
  public boolean nextRung(Delivery claimed, Instant now) {
    int rung = claimed.rung() + 1;
    String lane = claimed.route().ladder().get(rung).lane();
    return database.write(handle ->
        settle(
            handle,
            claimed,
            """
            rung = CASE WHEN state = 'WITHDRAWING' THEN rung ELSE :rung END,
            lane = CASE WHEN state = 'WITHDRAWING' THEN lane ELSE :lane END,
            attempts = 0, next_try = :now\
            """,
            update -> update.bind("rung", rung).bind("lane", lane).bind("now", now)));
  }

  /** No destination takes it: it waits for the person, or is over when they know it anyway. */
  public boolean waits(Delivery claimed, Instant now) {
    return database.write(handle ->
        settle(
            handle,
            claimed,
            """
            next_try = CASE WHEN state = 'WITHDRAWING' THEN CAST(:now AS TIMESTAMP WITH TIME ZONE) END,
            state = CASE WHEN state = 'WITHDRAWING' THEN state ELSE :waits END\
            """,
            update ->
                update
                    .bind("now", now)
                    .bind(
                        "waits",
                        (claimed.known() ? DeliveryState.SHOWN : DeliveryState.WAITING).name())));
  }

  private interface Binding {
    Update bind(Update update);
  }

  private static boolean settle(Handle handle, Delivery claimed, String change, Binding values) {
    return values
            .bind(
                handle
                    .createUpdate(
                        "UPDATE delivery SET "
                            + change
                            + ", claimed_by = NULL WHERE id = :id AND claims = :claims")
                    .bind("id", claimed.id())
                    .bind("claims", claimed.claims()))
            .execute()
        == 1;
  }

  /** It is taken back, or cannot be: nothing of it is kept. */
  public boolean forget(Delivery claimed) {
    return database.write(handle ->
        handle
                .createUpdate("DELETE FROM delivery WHERE id = :id AND claims = :claims")
                .bind("id", claimed.id())
                .bind("claims", claimed.claims())
                .execute()
            == 1);
  }

  /** Makes due at once what processes that are dead for certain had claimed. */
  public int release(Instant now) {
    return database.write(handle ->
        handle
            .createUpdate(
                """
                UPDATE delivery SET claimed_by = NULL, next_try = :now
                WHERE claimed_by IS NOT NULL\
                """)
            .bind("now", now)
            .execute());
  }

  /**
   * What is due for too long waits for the person, and what could not be taken back for so long is
   * forgotten.
   *
   * @return how many were given up
   */
  public int giveUp(Instant dueBefore) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE delivery SET next_try = NULL,
                      state = CASE WHEN known THEN 'SHOWN' ELSE 'WAITING' END
                    WHERE state = 'DUE' AND claimed_by IS NULL
                      AND next_try > :never AND due_since < :dueBefore\
                    """)
                .bind("never", Instant.EPOCH)
                .bind("dueBefore", dueBefore)
                .execute()
            + handle
                .createUpdate(
                    """
                    DELETE FROM delivery
                    WHERE state = 'WITHDRAWING' AND claimed_by IS NULL
                      AND next_try > :never AND due_since < :dueBefore\
                    """)
                .bind("never", Instant.EPOCH)
                .bind("dueBefore", dueBefore)
                .execute());
  }

  public Optional<Delivery> ofJob(long jobId) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM delivery WHERE job_id = :job")
            .bind("job", jobId)
            .map(new DeliveryRow())
            .findOne());
  }

  /** Whether the end of a job waits for its person to ask for it. */
  public boolean isWaiting(long jobId) {
    return ofJob(jobId).filter(each -> each.state() == DeliveryState.WAITING).isPresent();
  }

  /**
   * A person's jobs that ended without a picture and were posted to a platform, or wait there, and
   * that the person has not taken note of; newest first.
   */
  public List<Job> unseen(long personId, String platform, int limit) {
    return database.read(handle ->
        JobRow.list(
            handle
                .createQuery(
                    """
                    SELECT job.* FROM job JOIN delivery ON delivery.job_id = job.id
                    WHERE job.person_id = :person AND job.state IN ('FAILED', 'CANCELLED')
                      AND delivery.platform = :platform
                      AND delivery.state IN ('POSTED', 'WAITING')
                    ORDER BY job.id DESC LIMIT :limit\
                    """)
                .bind("person", personId)
                .bind("platform", platform)
                .bind("limit", limit)));
  }

  /** The person has found all pictures of theirs that waited on a platform. */
  public int found(long personId, String platform) {
    return database.write(handle ->
        handle
            .createUpdate(
                """
                UPDATE delivery SET state = 'SHOWN'
                WHERE platform = :platform AND state = 'WAITING'
                  AND job_id IN (SELECT id FROM job WHERE person_id = :person AND state = 'DONE')\
                """)
            .bind("platform", platform)
            .bind("person", personId)
            .execute());
  }

  /** The person has seen how these of their jobs ended, wherever that was. */
  public int shown(long personId, List<Long> jobIds) {
    if (jobIds.isEmpty()) {
      return 0; // an empty list is an error in SQL
    }
    return database.write(handle ->
        handle
            .createUpdate(
                """
                UPDATE delivery SET state = 'SHOWN', next_try = NULL
                WHERE job_id IN (<jobs>) AND state IN ('POSTED', 'WAITING')
                  AND job_id IN (SELECT id FROM job WHERE person_id = :person)\
                """)
            .bindList("jobs", jobIds)
            .bind("person", personId)
            .execute());
  }
}
