package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresServerTest {
  private static final String SECRET = "correct horse";

  @TempDir private Path data;
  private TestPostgres server;
  private String url;

  @BeforeEach
  void start() {
    server = TestPostgres.server();
    url = server.settings(data).url().orElseThrow();
  }

  @Test
  void makesItsTablesInAnEmptyDatabaseOfItsOwn() {
    String user = server.addUser(data, SECRET);
    withDatabase(
        "owned OWNER " + user,
        address -> {
          StoreSettings settings =
              new StoreSettings(Optional.of(address), user, Optional.of(SECRET));
          try (Database database = Database.open(data, settings)) {
            assertThat(database.isExclusive()).isFalse();
            assertThat(people(database)).isZero();
          }
        });
  }

  private void withDatabase(String definition, Consumer<String> test) {
    server.execute("CREATE DATABASE " + definition);
    String name = definition.split(" ", -1)[0];
    try {
      test.accept(url.replace(server.name(data), name));
    } finally {
      server.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
  }

  @Test
  void saysThatAPasswordIsWrong() {
    String user = server.addUser(data, SECRET);
    Refusal refusal = refusal(url, user, "wrong horse");
    assertThat(refusal.code()).isEqualTo(ReasonCode.DATABASE_SIGN_IN_FAILED);
    assertThat(refusal)
        .hasMessageContainingAll(url, "“" + user + "”", "HYPERBRUSH_STORE_PASSWORD")
        .message()
        .doesNotContain("horse");
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String nobody = "jdbc:postgresql://localhost:" + port + "/bot";
    Refusal refusal = refusal(nobody + "?ssl=false", "hyperbrush", SECRET);
    assertThat(refusal.code()).isEqualTo(ReasonCode.DATABASE_UNREACHABLE);
    assertThat(refusal).hasMessageContainingAll(nobody, "store.url").message().doesNotContain("?");
  }

  @Test
  void saysThatThereIsNoSuchDatabase() {
    Refusal refusal = refusal(url + "x", "postgres", SECRET);
    assertThat(refusal.code()).isEqualTo(ReasonCode.DATABASE_ABSENT);
    assertThat(refusal).hasMessageContaining("CREATE DATABASE " + server.name(data) + "x");
  }

  @Test
  void saysThatRightsAreMissing() {
    String user = server.addUser(data, SECRET);
    withDatabase(
        "foreign_one",
        address -> {
          Refusal refusal = refusal(address, user, SECRET);
          assertThat(refusal.code()).isEqualTo(ReasonCode.DATABASE_RIGHTS_MISSING);
          assertThat(refusal)
              .hasMessageContainingAll(address, "ALTER DATABASE foreign_one OWNER TO " + user);
        });
  }

  private Refusal refusal(String address, String user, String password) {
    StoreSettings settings = new StoreSettings(Optional.of(address), user, Optional.of(password));
    return catchThrowableOfType(Refusal.class, () -> Database.open(data, settings));
  }

  /** Only a stand-in can be older than what the tests start. */
  @Test
  void saysThatItIsTooOld() throws Exception {
    DatabaseMetaData old = mock(DatabaseMetaData.class);
    when(old.getDatabaseMajorVersion()).thenReturn(14);
    when(old.getDatabaseProductVersion()).thenReturn("14.22");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> PostgresServer.requireVersion(url, old))
        .withMessageContainingAll(url, "14.22", "15")
        .extracting(Refusal::code)
        .isEqualTo(ReasonCode.DATABASE_TOO_OLD);
    when(old.getDatabaseMajorVersion()).thenReturn(15);
    PostgresServer.requireVersion(url, old);
  }

  @Test
  void goesOnAfterItsConnectionsWereLost() {
    try (Database database = TestDatabase.POSTGRESQL.open(data)) {
      PersonDao people = new PersonDao(database, InstantSource.system());
      long anna = people.idOf("web", "1", "Anna");
      server.dropConnections(data);
      assertThat(people.idOf("web", "1", "Anna")).isEqualTo(anna);
      server.dropConnections(data);
      assertThat(people.idOf("web", "2", "Ben")).isNotEqualTo(anna);
    }
  }

  @Test
  void aWorkWhoseConnectionIsLostIsDoneAnew() {
    try (Database database = TestDatabase.POSTGRESQL.open(data)) {
      int[] tries = {0};
      int written =
          database.write(handle -> {
            if (++tries[0] == 1) {
              handle.execute("INSERT INTO person (created_at) VALUES (now())");
              server.dropConnections(data);
            }
            return handle.execute("INSERT INTO person (created_at) VALUES (now())");
          });
      assertThat(written).isEqualTo(1);
      assertThat(tries).containsExactly(2);
      assertThat(people(database)).isEqualTo(1);
    }
  }

  @Test
  void aLostCommitIsToldInASentence() {
    try (Database database = TestDatabase.POSTGRESQL.open(data)) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() ->
              database.write(handle -> {
                int written = handle.execute("INSERT INTO person (created_at) VALUES (now())");
                server.dropConnections(data);
                return written;
              }))
          .withMessageContaining(url)
          .extracting(Refusal::code)
          .isEqualTo(ReasonCode.DATABASE_UNREACHABLE);
      assertThat(people(database)).isZero();
    }
  }

  @Test
  void readingIsForReadingOnly() {
    try (Database database = TestDatabase.POSTGRESQL.open(data)) {
      assertThatExceptionOfType(JdbiException.class)
          .isThrownBy(() ->
              database.read(
                  handle -> handle.execute("INSERT INTO person (created_at) VALUES (now())")))
          .withMessageContaining("read-only");
    }
  }

  @Test
  void doesNotWaitForALockWithoutEnd() {
    try (Database database = TestDatabase.POSTGRESQL.open(data)) {
      String limit =
          database.read(
              handle -> handle.createQuery("SHOW lock_timeout").mapTo(String.class).one());
      assertThat(limit).isEqualTo("10s");
    }
  }

  private static long people(Database database) {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM person").mapTo(Long.class).one());
  }
}
