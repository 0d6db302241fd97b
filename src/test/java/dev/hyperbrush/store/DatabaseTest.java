package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {
  @TempDir private Path data;
  private Path file;

  @BeforeEach
  void file() {
    file = data.resolve("db").resolve("hyperbrush.mv.db");
  }

  @Test
  void makesItsTablesInAnEmptyFolder() {
    try (Database database = Database.open(data)) {
      List<String> tables =
          strings(
              database,
              "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
      assertThat(tables).contains("person", "identity", "job", "picture", "delivery");
    }
    assertThat(file).isRegularFile();
  }

  private static List<String> strings(Database database, String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @Test
  void keepsWhatItHolds() {
    long person;
    try (Database database = Database.open(data)) {
      person = person(database, "first");
    }
    try (Database database = Database.open(data)) {
      assertThat(person(database, "first")).isEqualTo(person);
      assertThat(person(database, "second")).isNotEqualTo(person);
    }
  }

  private static long person(Database database, String platformId) {
    return new PersonDao(database, InstantSource.system()).idOf("web", platformId, "somebody");
  }

  @Test
  void saysWhenItIsInUse() throws Exception {
    Database.open(data).close();
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock _ = other.lock()) {
      assertRefused(ReasonCode.DATABASE_IN_USE);
    }
    Database.open(data).close();
  }

  @Test
  void saysWhenItIsDamagedAndLeavesItAlone() throws Exception {
    assertDamaged(good -> new byte[good.length]);
    assertDamaged(good -> "this is a letter to my aunt".getBytes(StandardCharsets.UTF_8));
    assertDamaged(good -> Arrays.copyOf(good, 5000));
    assertDamaged(DatabaseTest::randomBytes);
  }

  private static byte[] randomBytes(byte[] good) {
    byte[] bytes = new byte[good.length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** H2 itself would take this file for a new one, and overwrite it. */
  @Test
  void isNotStartedAnewOverADamagedFile() throws Exception {
    assertDamaged(good -> {
      byte[] bytes = randomBytes(good);
      System.arraycopy(good, 0, bytes, 0, 8192);
      return bytes;
    });
  }

  /** H2 itself would open an older state of a cut file, as if nothing had happened. */
  @Test
  void aCutFileIsRefusedOrComplete() throws Exception {
    long last = 0;
    try (Database database = Database.open(data)) {
      for (int i = 0; i < 20; i++) {
        last = person(database, "person " + i);
      }
    }
    byte[] whole = Files.readAllBytes(file);
    for (int part = 1; part < 16; part++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * part / 16));
      try (Database database = Database.open(data)) {
        assertThat(person(database, "person 19")).isEqualTo(last);
      } catch (Refusal refusal) {
        assertThat(refusal.code()).isEqualTo(ReasonCode.DATABASE_DAMAGED);
      }
    }
  }

  private void assertDamaged(UnaryOperator<byte[]> damage) throws Exception {
    Files.deleteIfExists(file);
    Database.open(data).close();
    byte[] damaged = damage.apply(Files.readAllBytes(file));
    Files.write(file, damaged);

    assertRefused(ReasonCode.DATABASE_DAMAGED);

    assertThat(file).hasBinaryContent(damaged);
  }

  @Test
  void saysWhenAnotherVersionMadeIt() throws Exception {
    Database.open(data).close();
    String url =
        "jdbc:h2:file:"
            + file.toString().replace(".mv.db", "")
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
    try (Connection connection = DriverManager.getConnection(url, "hyperbrush", "");
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE \"flyway_schema_history\" SET \"checksum\" = 7");
    }
    assertRefused(ReasonCode.DATABASE_OTHER_VERSION);
  }

  private void assertRefused(ReasonCode code) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> Database.open(data));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(file.toString());
  }

  @Test
  void saysWhenItsFolderCannotBeMade() throws Exception {
    Path notAFolder = Files.createFile(data.resolve("file"));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Database.open(notAFolder))
        .withMessageContaining(notAFolder.toString())
        .extracting(Refusal::code)
        .isEqualTo(ReasonCode.STORAGE_NOT_WRITABLE);
  }

  @Test
  void aFolderNameIsNoSetting() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Database.open(data.resolve("a;ACCESS_MODE_DATA=r")))
        .withMessageContaining("';'");
  }

  @Test
  void staysClosed() {
    Database database = Database.open(data);
    database.close();
    database.close();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> person(database, "late"))
        .withMessageContaining(file.toString());
  }
}
