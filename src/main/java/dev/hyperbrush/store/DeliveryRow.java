package dev.hyperbrush.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads a row of the table {@code delivery}. Immutable. */
final class DeliveryRow implements RowMapper<Delivery> {
  @Override
  public Delivery map(ResultSet row, StatementContext context) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getLong("job_id"),
        row.getString("platform"),
        Route.read(row.getString("route")),
        row.getInt("rung"),
        row.getBoolean("known"),
        DeliveryState.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("message")),
        row.getInt("attempts"),
        row.getInt("claims"),
        instant(row, "due_since"),
        instant(row, "created_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
