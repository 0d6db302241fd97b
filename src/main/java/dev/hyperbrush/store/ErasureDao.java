package dev.hyperbrush.store;

import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The erasing of people. What has begun is written down, so that it is finished even when the
 * process ends before. Thread-safe.
 */
public final class ErasureDao {
  private final Database database;
  private final InstantSource clock;

  public ErasureDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Writes down that a person is to be erased. */
  public void begin(long personId) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO erasure (person_id, begun_at) VALUES (:person, :now)
                ON CONFLICT DO NOTHING\
                """)
            .bind("person", personId)
            .bind("now", clock.instant())
            .execute());
  }

  static boolean isBegun(Handle handle, long personId) {
    return handle
            .createQuery("SELECT COUNT(*) FROM erasure WHERE person_id = :person")
            .bind("person", personId)
            .mapTo(Long.class)
            .one()
        > 0;
  }

  /** People whose erasure has begun and is not finished. */
  public List<Long> unfinished() {
    return database.read(handle ->
        handle
            .createQuery("SELECT person_id FROM erasure ORDER BY begun_at, person_id")
            .mapTo(Long.class)
            .list());
  }

  /** Some of a person's jobs, those that can still be drawn first. */
  public List<Long> jobs(long personId, int limit) {
    List<Long> unfinished = jobs(personId, "AND state IN ('QUEUED', 'RUNNING') ", limit);
    return unfinished.isEmpty() ? jobs(personId, "", limit) : unfinished;
  }

  private List<Long> jobs(long personId, String which, int limit) {
    return database.read(handle ->
        handle
            .createQuery("SELECT id FROM job WHERE person_id = :person " + which + "LIMIT :limit")
            .bind("person", personId)
            .bind("limit", limit)
            .mapTo(Long.class)
            .list());
  }

  /**
   * Erases everything else, when the person has no jobs any more.
   *
   * @return false when there are new ones
   */
  public boolean finish(long personId) {
    boolean finished = tryToFinish(personId);
    database.identities().forget(personId);
    return finished;
  }

  private boolean tryToFinish(long personId) {
    return database.write(handle -> {
      // A job that is being accepted refers to this row: it is there before, or not at all.
      handle
          .createQuery("SELECT id FROM person WHERE id = :person FOR UPDATE")
          .bind("person", personId)
          .mapTo(Long.class)
          .list();
      if (hasJobs(handle, personId)) {
        return false;
      }
      PersonRows.erase(handle, personId);
      return true;
    });
  }

  private static boolean hasJobs(Handle handle, long personId) {
    return handle
            .createQuery("SELECT COUNT(*) FROM job WHERE person_id = :person")
            .bind("person", personId)
            .mapTo(Long.class)
            .one()
        > 0;
  }
}
