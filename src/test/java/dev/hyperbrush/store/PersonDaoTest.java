package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class PersonDaoTest {
  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private Database database;
  private PersonDao people;

  @BeforeEach
  void open() {
    database = kind.open(data);
    people = new PersonDao(database, InstantSource.system());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anIdentityIsOnePerson() {
    long anna = people.idOf("discord", "1", "Anna");

    assertThat(people.idOf("discord", "1", "Anna")).isEqualTo(anna);
    assertThat(people.idOf("discord", "2", "Anna")).isNotEqualTo(anna);
    assertThat(people.idOf("telegram", "1", "Anna")).isNotEqualTo(anna);
  }

  @Test
  void remembersTheNewestName() {
    people.idOf("discord", "1", "Anna");
    people.idOf("discord", "1", "Änne '; DROP TABLE person");
    assertThat(strings("SELECT display_name FROM identity"))
        .containsExactly("Änne '; DROP TABLE person");
  }

  @Test
  void fiftyAtOnceMakeOnePerson() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> ids = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        ids.add(threads.submit(() -> people.idOf("discord", "1", "Anna")));
      }
      long anna = people.idOf("discord", "1", "Anna");
      for (Future<Long> id : ids) {
        assertThat(id.get()).isEqualTo(anna);
      }
    }
    assertThat(strings("SELECT id FROM person")).hasSize(1);
  }

  @Test
  void anIdentityMayBecomeSomebodyElses() {
    long anna = people.idOf("discord", "1", "Anna");
    long linked = people.idOf("telegram", "1", "Anna");
    database.write(handle ->
        handle.execute("UPDATE identity SET person_id = ? WHERE person_id = ?", anna, linked));
    people.forget(linked);
    assertThat(people.idOf("telegram", "1", "Anna")).isEqualTo(anna);
    assertThat(new PersonDao(database, InstantSource.system()).idOf("telegram", "1", "Anna"))
        .isEqualTo(anna);
  }

  private List<String> strings(String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
