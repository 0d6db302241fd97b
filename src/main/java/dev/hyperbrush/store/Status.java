package dev.hyperbrush.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The one row of {@code queue_status}, as it was when it was read. Immutable.
 *
 * @param time how far the queue is
 * @param mode what it does with jobs
 */
record Status(VirtualTime time, QueueMode mode) {
  private static final String ROW =
      "SELECT virtual_time, last_finish, mode FROM queue_status WHERE id = 1";

  static Status read(Handle handle) {
    return handle.createQuery(ROW).map(Status::of).one();
  }

  /** Nobody else changes it before the transaction ends. */
  static Status lock(Handle handle) {
    return handle.createQuery(ROW + " FOR UPDATE").map(Status::of).one();
  }

  private static Status of(ResultSet row, StatementContext context) throws SQLException {
    return new Status(time(row), mode(row));
  }

  static VirtualTime time(ResultSet row) throws SQLException {
    return new VirtualTime(row.getLong("virtual_time"), row.getLong("last_finish"));
  }

  static QueueMode mode(ResultSet row) throws SQLException {
    return QueueMode.valueOf(row.getString("mode"));
  }

  /** Writes only what has changed. */
  static void setTime(Handle handle, VirtualTime before, VirtualTime after) {
    if (after.equals(before)) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE queue_status SET virtual_time = :now, last_finish = :lastFinish WHERE id = 1\
            """)
        .bind("now", after.now())
        .bind("lastFinish", after.lastFinish())
        .execute();
  }

  static void setMode(Handle handle, QueueMode mode) {
    handle
        .createUpdate("UPDATE queue_status SET mode = :mode WHERE id = 1")
        .bind("mode", mode.name())
        .execute();
  }
}
