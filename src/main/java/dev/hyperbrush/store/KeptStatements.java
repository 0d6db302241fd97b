package dev.hyperbrush.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Prepares each statement once: H2 would read some anew each time, {@code FOR UPDATE} among them.
 * For one connection, and owned by its thread.
 */
final class KeptStatements implements StatementBuilder {
  /** More than there are, unless some are made up of varying parts. */
  private static final int MOST = 200;

  private final StatementBuilder plain = new DefaultStatementBuilder();
  private final IdentityHashMap<Statement, String> inUse = new IdentityHashMap<>();

  /** Least lately used first. */
  private final LinkedHashMap<String, PreparedStatement> idle = new LinkedHashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    String key = sql + Arrays.toString(context.getGeneratedKeysColumnNames());
    PreparedStatement kept = idle.remove(key);
    PreparedStatement statement =
        kept != null && !kept.isClosed() ? kept : plain.create(connection, sql, context);
    inUse.put(statement, key);
    return statement;
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    String key = inUse.remove(statement);
    if (key == null || !(statement instanceof PreparedStatement prepared)) {
      plain.close(connection, sql, statement);
      return;
    }
    prepared.clearParameters();
    prepared.clearBatch();
    PreparedStatement twin = idle.put(key, prepared);
    if (twin != null) {
      twin.close();
    }
    if (idle.size() > MOST) {
      idle.pollFirstEntry().getValue().close();
    }
  }

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return plain.create(connection, context);
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return plain.createCall(connection, sql, context);
  }
}
