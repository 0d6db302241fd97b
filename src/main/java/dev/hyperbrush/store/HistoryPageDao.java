package dev.hyperbrush.store;

import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The pages of searches that buttons lead to, each as the line that lists it. Thread-safe. */
public final class HistoryPageDao {
  /** So many pages of one person are remembered, the newest. */
  static final int REMEMBERED = 1000;

  private final Database database;
  private final InstantSource clock;

  public HistoryPageDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Remembers a line; the same one is remembered once. */
  public long remember(long personId, String line) {
    return database.write(
        handle -> find(handle, personId, line).orElseGet(() -> insert(handle, personId, line)));
  }

  private static Optional<Long> find(Handle handle, long personId, String line) {
    return handle
        .createQuery(
            """
            SELECT id FROM history_page WHERE person_id = :person AND line = :line
            ORDER BY id DESC LIMIT 1\
            """)
        .bind("person", personId)
        .bind("line", line)
        .mapTo(Long.class)
        .findOne();
  }

  private long insert(Handle handle, long personId, String line) {
    handle
        .createUpdate(
            """
            DELETE FROM history_page WHERE person_id = :person AND id < (
              SELECT MIN(id) FROM (
                SELECT id FROM history_page WHERE person_id = :person
                ORDER BY id DESC LIMIT :remembered) newest)\
            """)
        .bind("person", personId)
        .bind("remembered", REMEMBERED - 1)
        .execute();
    return handle
        .createUpdate(
            """
            INSERT INTO history_page (person_id, line, created_at)
            VALUES (:person, :line, :now)\
            """)
        .bind("person", personId)
        .bind("line", line)
        .bind("now", clock.instant())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  /** The line behind a button of the person; empty for a forgotten one and for somebody else's. */
  public Optional<String> find(long personId, long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT line FROM history_page WHERE id = :id AND person_id = :person")
            .bind("id", id)
            .bind("person", personId)
            .mapTo(String.class)
            .findOne());
  }
}
