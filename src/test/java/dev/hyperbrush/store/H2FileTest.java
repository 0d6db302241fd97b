package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import org.h2.engine.Constants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class H2FileTest {
  @TempDir private Path data;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(data);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void isTheVersionThatLosesNothing() {
    assertThat(Constants.VERSION)
        .as(
            "2.5.252 lost acknowledged commits in 41 of 147 kills, 2.4.240 in none of 220: measure"
                + " another version as pom.xml says before taking it")
        .isEqualTo("2.4.240");
  }

  @Test
  void writesEveryCommitAtOnce() {
    assertThat(setting("WRITE_DELAY"))
        .as("with the default delay, 166 of 175 kills lost acknowledged commits")
        .isEqualTo("0");
  }

  private String setting(String name) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT setting_value FROM information_schema.settings WHERE setting_name = :name")
            .bind("name", name)
            .mapTo(String.class)
            .one());
  }

  @Test
  void whatIsReadWithinAWriteIsItsOwn() {
    long people =
        database.write(handle -> {
          handle.execute("INSERT INTO person (created_at) VALUES (CURRENT_TIMESTAMP)");
          return count();
        });
    assertThat(people).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aWorkThatLosesTheDatabaseToAnotherIsDoneAnew() {
    int[] tries = {0};
    int written =
        database.write(handle -> {
          int one = handle.execute("INSERT INTO person (created_at) VALUES (CURRENT_TIMESTAMP)");
          if (++tries[0] == 1) {
            handle.execute("SHUTDOWN IMMEDIATELY");
          }
          return one;
        });
    assertThat(written).isEqualTo(1);
    assertThat(tries).containsExactly(2);
    assertThat(count()).isEqualTo(1);
  }

  private long count() {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM person").mapTo(Long.class).one());
  }

  /**
   * As after an interrupted thread has closed the file under H2, which then closes the database.
   */
  @Test
  void aLostDatabaseIsOpenedAgain() {
    PersonDao people = new PersonDao(database, InstantSource.system());
    long anna = people.idOf("web", "1", "Anna");
    for (int loss = 0; loss < 3; loss++) {
      TestDatabase.H2.lose(database, data);
      assertThat(count()).isEqualTo(1);
      people.forget(anna);
      assertThat(people.idOf("web", "1", "Anna")).isEqualTo(anna);
    }
  }
}
