package dev.hyperbrush.store;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server for the tests of this process: started when the first needs it, stopped with
 * the process. Thread-safe.
 */
final class TestPostgres {
  private static final String USER = "postgres";

  /** Has all migrations; copying it takes a fraction of making them anew. */
  private static final String TEMPLATE = "migrated";

  private static @Nullable TestPostgres started;
  private static @Nullable String whyNot;

  private final EmbeddedPostgres server;
  private final Map<Path, String> names = new LinkedHashMap<>();
  private int made;

  private TestPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** The server; where none can be started, the test is skipped and says why. */
  static synchronized TestPostgres server() {
    if (started == null && whyNot == null) {
      try {
        started = start();
      } catch (IOException | RuntimeException e) {
        whyNot = e.toString();
      }
    }
    return started != null ? started : abort("skipped: no PostgreSQL here: " + whyNot);
  }

  private static TestPostgres start() throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off") // it may die with its data
            .setServerConfig("max_connections", "200")
            .setDataDirectoryCustomizer(TestPostgres::askForPasswords)
            .start();
    TestPostgres postgres = new TestPostgres(server);
    postgres.execute("CREATE DATABASE " + TEMPLATE);
    Database.open(Path.of(""), postgres.settings(TEMPLATE)).close();
    return postgres;
  }

  private static void askForPasswords(File folder) {
    try {
      Files.writeString(
          folder.toPath().resolve("pg_hba.conf"),
          "host all " + USER + " all trust\nhost all all all scram-sha-256\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the folder's own database, made the first time; goes after the folder has gone. */
  synchronized StoreSettings settings(Path data) {
    Path folder = data.toAbsolutePath().normalize();
    if (!names.containsKey(folder)) {
      List.copyOf(names.keySet()).stream().filter(Files::notExists).forEach(this::drop);
      String name = "test" + ++made;
      execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
      names.put(folder, name);
    }
    return settings(names.get(folder));
  }

  /** The name of the folder's own database. */
  synchronized String name(Path data) {
    return Objects.requireNonNull(names.get(data.toAbsolutePath().normalize()));
  }

  /** Adds a user for a test's folder, with no rights yet, who is let in with a password only. */
  String addUser(Path data, String password) {
    String user = "user_of_" + name(data);
    execute("CREATE ROLE " + user + " LOGIN PASSWORD '" + password + "'");
    return user;
  }

  /** Ends all connections to the folder's own database. */
  void dropConnections(Path data) {
    execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
            + name(data)
            + "'");
  }

  private void drop(Path folder) {
    execute("DROP DATABASE " + names.remove(folder) + " WITH (FORCE)");
  }

  private StoreSettings settings(String name) {
    String url = "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
    return new StoreSettings(Optional.of(url), USER, Optional.empty());
  }

  /** As the server's own administrator. */
  void execute(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
