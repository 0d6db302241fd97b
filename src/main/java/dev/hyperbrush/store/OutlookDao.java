package dev.hyperbrush.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what an estimate of waiting times needs to know of all jobs, and no more. Thread-safe. */
public final class OutlookDao {
  /** Rows that are fetched from a server at once. */
  private static final int CHUNK = 10_000;

  private final Database database;

  public OutlookDao(Database database) {
    this.database = database;
  }

  /** Takes waiting jobs in their order. */
  public interface Visitor {
    void waiting(long id, long startTag, long cost, String model);
  }

  /**
   * A job that is being drawn.
   *
   * @param owner of its lease
   */
  public record Running(
      long id, long personId, long cost, String model, Instant startedAt, Optional<String> owner) {}

  /** Tells of all waiting jobs, next first. */
  public void waiting(Visitor visitor) {
    database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, start_tag, cost, model FROM job WHERE state = 'QUEUED'
                ORDER BY state, start_tag, id\
                """)
            .setFetchSize(CHUNK)
            .scanResultSet((rows, _) -> {
              ResultSet row = rows.get();
              while (row.next()) {
                visitor.waiting(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4));
              }
              return visitor;
            }));
  }

  /** Where the queue is, on the scale of the start tags. */
  public long present() {
    return database.read(handle ->
        handle
            .createQuery("SELECT virtual_time FROM queue_status WHERE id = 1")
            .mapTo(Long.class)
            .one());
  }

  public List<Running> running() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, person_id, cost, model, started_at, lease_owner FROM job
                WHERE state = 'RUNNING'\
                """)
            .map((row, _) -> running(row))
            .list());
  }

  private static Running running(ResultSet row) throws SQLException {
    return new Running(
        row.getLong("id"),
        row.getLong("person_id"),
        row.getLong("cost"),
        row.getString("model"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("lease_owner")));
  }

  /** Where a waiting job stands; empty for one that does not wait. */
  public OptionalLong startTag(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT start_tag FROM job WHERE id = :id AND state = 'QUEUED'")
            .bind("id", id)
            .mapTo(Long.class)
            .findOne()
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()));
  }

  /** The waiting job of a person that is next. */
  public Optional<Job> next(long personId) {
    return database.read(handle ->
        JobRow.list(
                handle
                    .createQuery(
                        """
                        SELECT * FROM job WHERE person_id = :person AND state = 'QUEUED'
                        ORDER BY start_tag, id LIMIT 1\
                        """)
                    .bind("person", personId))
            .stream()
            .findFirst());
  }

  /** The waiting job of a server that is next. */
  public Optional<Job> next(Realm server) {
    return database.read(handle ->
        JobRow.list(
                handle
                    .createQuery(
                        """
                        SELECT * FROM job
                        WHERE platform = :platform AND server = :server AND state = 'QUEUED'
                        ORDER BY platform, server, state, start_tag, id LIMIT 1\
                        """)
                    .bind("platform", server.platform())
                    .bind("server", server.server()))
            .stream()
            .findFirst());
  }
}
