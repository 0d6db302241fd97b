package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.store.TelegramUpdateDao.Open;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class TelegramUpdateDaoTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private Database database;
  private TelegramUpdateDao updates;

  @BeforeEach
  void open() {
    database = kind.open(data);
    updates = new TelegramUpdateDao(database, 7);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsEachUpdateOnce() {
    assertThat(updates.keep(new TreeMap<>(Map.of(5L, "five", 6L, "six")), NOW))
        .containsExactly(5L, 6L);
    assertThat(updates.keep(new TreeMap<>(Map.of(6L, "again", 4L, "four")), NOW))
        .containsExactly(4L);
    assertThat(updates.open())
        .containsExactly(
            new Open(4, "four", false), new Open(5, "five", false), new Open(6, "six", false));
  }

  @Test
  void knowsTheNumberOfWhatIsDoneAndNothingElseOfIt() {
    updates.keep(new TreeMap<>(Map.of(5L, "five", 6L, "six")), NOW);
    updates.begin(6);
    updates.done(5);
    assertThat(updates.open()).containsExactly(new Open(6, "six", true));
    assertThat(updates.keep(new TreeMap<>(Map.of(5L, "five")), NOW)).isEmpty();
  }

  @Test
  void forgetsAllInTime() {
    updates.keep(new TreeMap<>(Map.of(5L, "five", 6L, "six")), NOW);
    updates.done(5);
    assertThat(updates.prune(NOW)).isZero();
    assertThat(updates.prune(NOW.plus(Duration.ofSeconds(1)))).isEqualTo(2);
    assertThat(updates.open()).isEmpty();
    assertThat(updates.keep(new TreeMap<>(Map.of(5L, "five")), NOW)).containsExactly(5L);
  }

  @Test
  void countsForEachBotByItself() {
    updates.keep(new TreeMap<>(Map.of(5L, "five")), NOW);
    TelegramUpdateDao other = new TelegramUpdateDao(database, 8);
    assertThat(other.keep(new TreeMap<>(Map.of(5L, "other")), NOW)).containsExactly(5L);
    assertThat(other.open()).containsExactly(new Open(5, "other", false));
  }

  @Test
  void remembersWhichChatBecameWhich() {
    TelegramMoveDao moves = new TelegramMoveDao(database);
    moves.add(-5, -1005);
    moves.add(-5, -1006);
    assertThat(moves.all()).isEqualTo(Map.of(-5L, -1005L));
  }

  @Test
  void remembersWhatAMenuWasSetTo() {
    TelegramMenuDao menus = new TelegramMenuDao(database, 7);
    menus.set("default:de", "one");
    menus.set("default:de", "two");
    assertThat(menus.digest("default:de")).contains("two");
    assertThat(new TelegramMenuDao(database, 8).digest("default:de")).isEmpty();
  }

  @Test
  void remembersTheLanguageOfWhoHasBeenHere() {
    SeenLanguageDao languages = new SeenLanguageDao(database, "telegram");
    assertThat(languages.remember("5", "de")).isFalse();
    new PersonDao(database, InstantSource.system()).idOf("telegram", "5", "Ann");
    assertThat(languages.of("5")).isEmpty();
    assertThat(languages.remember("5", "de")).isTrue();
    assertThat(languages.of("5")).contains("de");
  }
}
