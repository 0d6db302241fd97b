package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class ChangeLogTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String PLACE = "server:discord/1";

  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private Database database;
  private Keyed rows;
  private ChangeLog log;
  private Author anna;

  @BeforeEach
  void open() {
    database = kind.open(data);
    rows = Keyed.settings(database);
    log = new ChangeLog(database, InstantSource.fixed(NOW), List.of(rows));
    long id = new PersonDao(database, InstantSource.system()).idOf("discord", "1", "Änne '; DROP");
    anna = new Author(id, PLACE);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aChangeTellsWhoWhenAndFromWhatToWhat() {
    set("steps", "20");
    set("steps", "25");
    remove("steps");

    List<Change> changes = all();
    assertThat(changes)
        .extracting(Change::before, Change::after)
        .containsExactly(
            tuple(Optional.of("25"), Optional.empty()),
            tuple(Optional.of("20"), Optional.of("25")),
            tuple(Optional.empty(), Optional.of("20")));
    assertThat(changes.getFirst().at()).isEqualTo(NOW);
    assertThat(changes.getFirst().who()).isEqualTo("Änne '; DROP");
    assertThat(changes.getFirst().key()).isEqualTo(PLACE + " steps");
    assertThat(rows.of(PLACE)).isEmpty();
  }

  @Test
  void whatStaysAsItIsIsNoChange() {
    set("steps", "20");
    assertThat(log.set(anna, "setting", key("steps"), Optional.of("20"))).isEmpty();
    assertThat(log.set(anna, "setting", key("count"), Optional.empty())).isEmpty();
    assertThat(log.create(anna, "setting", key("steps"), "25")).isEmpty();
    assertThat(all()).hasSize(1);
  }

  @Test
  void undoMakesItAgainWhatItWas() {
    long made = set("steps", "20");
    long changed = set("steps", "25");

    Refusal overtaken = catchThrowableOfType(Refusal.class, () -> log.undo(1, made, false));
    assertThat(overtaken.code()).isEqualTo(ReasonCode.CHANGE_OVERTAKEN);
    Change undone = log.undo(anna.personId(), changed, false);
    assertThat(undone.undoes()).contains(changed);
    assertThat(content("steps")).contains("20");
    assertThat(catchThrowableOfType(Refusal.class, () -> log.undo(1, changed, true)).code())
        .isEqualTo(ReasonCode.CHANGE_UNDONE);
    log.undo(anna.personId(), made, false);
    assertThat(content("steps")).isEmpty();
    log.undo(anna.personId(), undone.id(), true);
    assertThat(content("steps")).contains("25");
    assertThat(catchThrowableOfType(Refusal.class, () -> log.undo(1, 77, false)).code())
        .isEqualTo(ReasonCode.CHANGE_UNKNOWN);
  }

  @Test
  void severalAreChangedTogetherOrNotAtAll() {
    set("steps", "20");
    Map<String, Optional<String>> contents = new HashMap<>();
    contents.put(key("steps"), Optional.empty());
    contents.put(key("count"), Optional.of("2"));
    contents.put("no-space", Optional.of("2"));
    assertThat(
            catchThrowableOfType(
                RuntimeException.class, () -> log.setAll(anna, "setting", contents)))
        .isNotNull();
    assertThat(content("steps")).contains("20");
    assertThat(all()).hasSize(1);
  }

  @Test
  void listsAreSearchedAndPaged() {
    for (int i = 1; i <= 5; i++) {
      set("steps", "" + i);
    }
    set("no", "100%_!");
    List<Change> page = log.list(Optional.of(PLACE), "STEPS", Long.MAX_VALUE, 2);
    assertThat(page).extracting(change -> change.after().orElseThrow()).containsExactly("5", "4");
    assertThat(log.list(Optional.of(PLACE), "steps", page.getLast().id(), 10)).hasSize(3);
    assertThat(log.list(Optional.of(PLACE), "%_!", Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(log.list(Optional.of("server:discord/2"), "", Long.MAX_VALUE, 10)).isEmpty();
    assertThat(log.list(Optional.empty(), "", Long.MAX_VALUE, 10)).hasSize(6);
  }

  /** Of two who change the same thing each builds on what the other made of it. */
  @Test
  void changesAtOnceNeverLoseOneAnother() throws Exception {
    int people = 8;
    int each = 25;
    List<Callable<Void>> all = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      String name = "person-" + person;
      all.add(() -> {
        for (int i = 0; i < each; i++) {
          log.set(anna, "setting", key("shared"), Optional.of(name + " " + i));
          log.set(anna, "setting", key(name), Optional.of("" + i));
          if (i % 5 == 0) {
            log.set(anna, "setting", key("shared"), Optional.empty());
          }
        }
        return null;
      });
    }
    run(all);

    Map<String, Optional<String>> contents = new HashMap<>();
    List<Change> changes = log.list(Optional.empty(), "", Long.MAX_VALUE, 10_000).reversed();
    for (Change change : changes) {
      assertThat(change.before())
          .as("#%s", change.id())
          .isEqualTo(contents.getOrDefault(change.key(), Optional.empty()));
      contents.put(change.key(), change.after());
    }
    for (int person = 0; person < people; person++) {
      assertThat(content("person-" + person)).contains("" + (each - 1));
    }
    assertThat(content("shared")).isEqualTo(contents.get(key("shared")));
    // Setting always changed something; removing may have found nothing.
    assertThat(changes).hasSizeBetween(people * each * 2, people * (each * 2 + each / 5));
  }

  @Test
  void ofManyWhoUndoAtOnceOneDoes() throws Exception {
    long change = set("steps", "20");
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(() -> {
        try {
          return log.undo(anna.personId(), change, false).undoes().isPresent();
        } catch (Refusal refused) {
          assertThat(refused.code()).isEqualTo(ReasonCode.CHANGE_UNDONE);
          return false;
        }
      });
    }
    assertThat(run(all)).containsOnlyOnce(true);
    assertThat(all()).hasSize(2);
  }

  private static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> task : threads.invokeAll(tasks)) {
        results.add(task.get());
      }
    }
    return results;
  }

  private long set(String name, String content) {
    return log.set(anna, "setting", key(name), Optional.of(content)).orElseThrow().id();
  }

  private void remove(String name) {
    log.set(anna, "setting", key(name), Optional.empty());
  }

  private Optional<String> content(String name) {
    return rows.find(PLACE, name).map(Keyed.Row::content);
  }

  private List<Change> all() {
    return log.list(Optional.of(PLACE), "", Long.MAX_VALUE, 100);
  }

  private static String key(String name) {
    return Keyed.key(PLACE, name);
  }
}
