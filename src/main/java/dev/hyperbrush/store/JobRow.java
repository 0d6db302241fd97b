package dev.hyperbrush.store;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a row of the table {@code job}; one that another version wrote may be no job here, and must
 * not hide the others. Immutable.
 */
final class JobRow implements RowMapper<Optional<Job>> {
  private static final Logger log = LoggerFactory.getLogger(JobRow.class);

  static List<Job> list(Query query) {
    try (Stream<Optional<Job>> jobs = query.map(new JobRow()).stream()) {
      return jobs.flatMap(Optional::stream).toList();
    }
  }

  @Override
  public Optional<Job> map(ResultSet row, StatementContext context) throws SQLException {
    try {
      return Optional.of(job(row));
    } catch (UncheckedIOException | IllegalArgumentException e) {
      log.warn("Job {} cannot be read", row.getLong("id"), e);
      return Optional.empty();
    }
  }

  private static Job job(ResultSet row) throws SQLException {
    return new Job(
        row.getLong("id"),
        row.getLong("person_id"),
        new Origin(
            row.getString("platform"),
            row.getString("channel"),
            Optional.ofNullable(row.getString("server"))),
        Json.read(row.getString("request"), GenerationRequest.class),
        JobState.valueOf(row.getString("state")),
        instant(row, "created_at").orElseThrow(),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        row.getInt("attempts"),
        Optional.ofNullable(row.getString("failure")).map(json -> Json.read(json, Phrase.class)),
        List.of(Json.read(row.getString("notices"), Phrase[].class)),
        parent(row),
        row.getBoolean("spoiler"));
  }

  private static Optional<PictureRef> parent(ResultSet row) throws SQLException {
    long job = row.getLong("parent_job");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(new PictureRef(job, row.getInt("parent_index")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
