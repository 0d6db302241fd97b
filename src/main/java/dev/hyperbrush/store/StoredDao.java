package dev.hyperbrush.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Handle;

/** How much there is of a person. Thread-safe. */
public final class StoredDao {
  private final Database database;

  public StoredDao(Database database) {
    this.database = database;
  }

  /**
   * What is stored about a person.
   *
   * @param since when they were seen first
   * @param bytes of all picture files
   */
  public record Stored(Instant since, long jobs, long pictures, long favourites, long bytes) {}

  public Stored of(long personId) {
    return database.read(handle -> {
      Instant since =
          handle
              .createQuery("SELECT created_at FROM person WHERE id = :person")
              .bind("person", personId)
              .mapTo(OffsetDateTime.class)
              .one()
              .toInstant();
      long jobs =
          handle
              .createQuery("SELECT COUNT(*) FROM job WHERE person_id = :person")
              .bind("person", personId)
              .mapTo(Long.class)
              .one();
      return pictures(handle, personId, since, jobs);
    });
  }

  private static Stored pictures(Handle handle, long personId, Instant since, long jobs) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) AS pictures, COALESCE(SUM(picture.bytes), 0) AS bytes,
              COALESCE(SUM(CASE WHEN picture.favourite THEN 1 ELSE 0 END), 0) AS favourites
            FROM picture JOIN job ON job.id = picture.job_id WHERE job.person_id = :person\
            """)
        .bind("person", personId)
        .map((row, _) ->
            new Stored(
                since,
                jobs,
                row.getLong("pictures"),
                row.getLong("favourites"),
                row.getLong("bytes")))
        .one();
  }
}
