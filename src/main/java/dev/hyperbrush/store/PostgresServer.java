package dev.hyperbrush.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database on a PostgreSQL server, which several processes may share. A connection that is lost
 * is replaced; what was being done with it is rolled back, and whoever did it is told.
 *
 * <p>Thread-safe.
 */
final class PostgresServer implements Engine {
  /** Older ones have no MERGE. */
  private static final int OLDEST = 15;

  private static final int CONNECTIONS = 10;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** By default a statement waits for another transaction without end. */
  private static final String LIMITS =
      "SET lock_timeout = '10s'; SET statement_timeout = '60s';"
          + " SET idle_in_transaction_session_timeout = '60s'";

  /** Longer than any statement may take: the server, or the way to it, is gone. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(75);

  /** Of one work, whose transactions PostgreSQL ended before their commit. */
  private static final int TRIES = 5;

  private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

  private final PGSimpleDataSource server;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private PostgresServer(PGSimpleDataSource server) {
    this.server = server;
    this.pool = new HikariDataSource(config(server));
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Signs in.
   *
   * @throws Refusal when it cannot be reached, does not let us in, or is too old
   */
  static PostgresServer connect(String url, StoreSettings settings) {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setURL(url);
    server.setUser(settings.user());
    settings.password().ifPresent(server::setPassword);
    server.setApplicationName("hyperbrush");
    server.setConnectTimeout(Math.toIntExact(CONNECT_LIMIT.toSeconds()));
    server.setTcpKeepAlive(true);
    try (Connection connection = server.getConnection()) {
      requireVersion(name(server), connection.getMetaData());
      if (!mayHoldTables(connection)) {
        throw refusal(
            ReasonCode.DATABASE_RIGHTS_MISSING,
            server,
            "CREATE is not granted on its schema",
            null);
      }
      return new PostgresServer(server);
    } catch (SQLException e) {
      throw refusal(server, e).orElseGet(() -> unreachable(server, e));
    }
  }

  static void requireVersion(String name, DatabaseMetaData server) throws SQLException {
    if (server.getDatabaseMajorVersion() < OLDEST) {
      throw new Refusal(
          ReasonCode.DATABASE_TOO_OLD, name, server.getDatabaseProductVersion(), OLDEST);
    }
  }

  /** Flyway would try for ten seconds. */
  private static boolean mayHoldTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT to_regclass('flyway_schema_history') IS NOT NULL
                  OR has_schema_privilege(current_schema(), 'CREATE')\
                """)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static HikariConfig config(PGSimpleDataSource server) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setDataSource(limited(server));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
    config.setConnectionInitSql(LIMITS);
    return config;
  }

  /** The migrations alone may take longer. */
  private static DataSource limited(PGSimpleDataSource server) {
    PGSimpleDataSource limited = new PGSimpleDataSource();
    limited.setURL(server.getURL());
    limited.setUser(server.getUser());
    Optional.ofNullable(server.getPassword()).ifPresent(limited::setPassword);
    limited.setSocketTimeout(Math.toIntExact(SILENCE_LIMIT.toSeconds()));
    return limited;
  }

  @Override
  public String name() {
    return name(server);
  }

  private static String name(PGSimpleDataSource server) {
    return StoreSettings.shown(server.getURL());
  }

  @Override
  public boolean isExclusive() {
    return false;
  }

  @Override
  public DataSource forMigration() {
    return server;
  }

  /** Its disk is another's to look after. */
  @Override
  public void requireRoom(long bytes) {}

  /** In a transaction that PostgreSQL knows to be for reading only. */
  @Override
  public <T> T read(HandleCallback<T, RuntimeException> work) {
    return untilDone(() ->
        jdbi.withHandle(handle -> {
          handle.setReadOnly(true);
          return handle.inTransaction(work);
        }));
  }

  @Override
  public <T> T write(HandleCallback<T, RuntimeException> work) {
    return untilDone(() -> jdbi.inTransaction(work));
  }

  private static <T> T untilDone(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (JdbiException e) {
        if (attempt == TRIES || !mayTryAgain(e)) {
          throw e;
        }
        log.debug("Tried again", e);
      }
    }
  }

  /** Not after a commit that may have happened, and not when there was no connection to be had. */
  private static boolean mayTryAgain(JdbiException failure) {
    boolean begun =
        !(failure instanceof TransactionException) && !(failure instanceof ConnectionException);
    return begun
        && Causes.find(failure, SQLException.class)
            .map(PostgresServer::state)
            .filter(state -> isRolledBackForAnother(state) || isConnectionLost(state))
            .isPresent();
  }

  /** Serialization failure, deadlock. */
  private static boolean isRolledBackForAnother(String state) {
    return state.equals("40001") || state.equals("40P01");
  }

  /** No connection; the server stops, or starts. */
  private static boolean isConnectionLost(String state) {
    return state.startsWith("08") || state.startsWith("57P");
  }

  private static String state(SQLException failure) {
    return String.valueOf(failure.getSQLState());
  }

  @Override
  public void copyTo(Path zip) {
    throw new Refusal(ReasonCode.BACKUP_ELSEWHERE, name());
  }

  @Override
  public Optional<Refusal> refusal(Throwable failure) {
    return Causes.find(failure, SQLException.class).flatMap(e -> refusal(server, e));
  }

  /** By the classes and codes of PostgreSQL's manual, appendix A. */
  private static Optional<Refusal> refusal(PGSimpleDataSource server, SQLException failure) {
    String state = state(failure);
    if (state.startsWith("28")) {
      return Optional.of(refusal(ReasonCode.DATABASE_SIGN_IN_FAILED, server, failure));
    } else if (state.equals("3D000")) {
      return Optional.of(refusal(ReasonCode.DATABASE_ABSENT, server, failure));
    } else if (state.equals("42501")) {
      return Optional.of(refusal(ReasonCode.DATABASE_RIGHTS_MISSING, server, failure));
    }
    boolean gone =
        isConnectionLost(state)
            || state.startsWith("53") // its disk, memory or list of connections is full
            || failure instanceof SQLTransientConnectionException; // none came in time
    return gone ? Optional.of(unreachable(server, failure)) : Optional.empty();
  }

  private static Refusal refusal(ReasonCode code, PGSimpleDataSource server, SQLException failure) {
    return refusal(code, server, says(failure), failure);
  }

  private static Refusal refusal(
      ReasonCode code, PGSimpleDataSource server, String why, @Nullable SQLException failure) {
    String user = String.valueOf(server.getUser());
    String database = String.valueOf(server.getDatabaseName());
    return new Refusal(Phrase.of(code, name(server), user, why, database), failure);
  }

  private static Refusal unreachable(PGSimpleDataSource server, SQLException failure) {
    return new Refusal(
        Phrase.of(ReasonCode.DATABASE_UNREACHABLE, name(server), says(failure)), failure);
  }

  private static String says(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  @Override
  public void close() {
    pool.close();
  }
}
