package dev.hyperbrush.store;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What became of a job: its variations, and what is left of it when it was deleted. Thread-safe.
 */
public final class LineageDao {
  private final Database database;

  public LineageDao(Database database) {
    this.database = database;
  }

  /** The jobs that are variations of one, newest first. */
  public List<Job> children(long id, int limit) {
    return database.read(handle ->
        JobRow.list(
            handle
                .createQuery(
                    """
                    SELECT * FROM job WHERE parent_job = :id
                    ORDER BY parent_job DESC, id DESC LIMIT :limit\
                    """)
                .bind("id", id)
                .bind("limit", limit)));
  }

  public Optional<DeletedJob> deleted(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM deleted_job WHERE job_id = :id")
            .bind("id", id)
            .map((row, _) ->
                new DeletedJob(
                    row.getLong("job_id"),
                    row.getLong("person_id"),
                    new Origin(
                        row.getString("platform"),
                        row.getString("channel"),
                        Optional.ofNullable(row.getString("server"))),
                    row.getObject("deleted_at", OffsetDateTime.class).toInstant()))
            .findOne());
  }
}
