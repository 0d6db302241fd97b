package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import dev.hyperbrush.store.ChangeLog;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Keyed;
import dev.hyperbrush.store.Origin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings as two processes would see them that share a database. */
final class ScopeSettingsTest {
  private static final Scope SERVER = Scope.server("discord", "1");
  private static final Situation HERE =
      new Situation(
          3,
          new Origin("discord", "2", Optional.of("1")),
          Set.of("5", "6"),
          Permission.EVERYBODY,
          false);

  @TempDir private Path data;
  private Database database;
  private Instant now = Instant.EPOCH;
  private ScopeSettings ours;
  private ScopeSettings theirs;
  private EffectiveSettings settings;

  @BeforeEach
  void open() {
    database = Database.open(data);
    ours = process();
    theirs = process();
    Keyed presets = Keyed.presets(database);
    ChangeLog log = new ChangeLog(database, () -> now, List.of(presets));
    settings =
        new EffectiveSettings(
            ExampleModels.choices(),
            OperatorSettings.standard(),
            new ChatSettings(ours, new Presets(presets, log, () -> now, List::of)),
            new Random(1));
  }

  private ScopeSettings process() {
    Keyed rows = Keyed.settings(database);
    return new ScopeSettings(rows, new ChangeLog(database, () -> now, List.of(rows)), () -> now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void ownChangesCountAtOnceAndThoseOfOthersSoon() {
    assertThat(ours.of(SERVER).isEmpty()).isTrue();
    set(ours, SERVER, Settings.STEPS, 20L);
    assertThat(ours.of(SERVER).get(Settings.STEPS)).contains(20L);

    set(theirs, SERVER, Settings.STEPS, 25L);
    assertThat(ours.of(SERVER).get(Settings.STEPS)).contains(20L);
    now = now.plus(ScopeSettings.OTHERS_CHANGES);
    assertThat(ours.of(SERVER).get(Settings.STEPS)).contains(25L);
  }

  @Test
  void allowancesComeFromTheScopes() {
    set(ours, SERVER, Settings.MAX_WAITING, 5L);
    set(ours, SERVER, Settings.DAILY, 1_000_000L);
    set(ours, Scope.channel("discord", "1", "2"), Settings.BURST, 3L);
    set(ours, Scope.role("discord", "1", "5"), Settings.WEIGHT, 2.0);
    set(ours, Scope.role("discord", "1", "6"), Settings.WEIGHT, 4.0);
    set(ours, Scope.role("discord", "1", "6"), Settings.DAILY, 2_000_000L);
    set(ours, Scope.EVERYWHERE, Settings.REFILL, 2.5);

    Allowances allowances = settings.settle(wish(), HERE).allowances();

    assertThat(allowances.weight()).isEqualTo(4);
    assertThat(allowances.maxWaiting()).isEqualTo(5);
    assertThat(allowances.dailyWork()).isEqualTo(OptionalLong.of(2_000_000));
    assertThat(allowances.burst()).isEqualTo(3);
    assertThat(allowances.refill()).hasMillis(2500);
    assertThat(settings.settle(wish()).allowances()).isEqualTo(Allowances.STANDARD);
  }

  /** Written behind the checks, as by a version that had other models. */
  @Test
  void whatIsNotPossibleAnyMoreIsLeftOutAndTold() {
    set(ours, SERVER, Settings.MODEL, "gone");
    set(ours, Scope.channel("discord", "1", "2"), Settings.SCHEDULER, "gone too");
    set(ours, SERVER, Settings.MODELS, List.of("gone", "turbo-xl"));

    Settled settled = settings.settle(wish(), HERE);

    assertThat(settled.request().model()).isEqualTo("turbo-xl");
    assertThat(settled.notices())
        .containsExactlyInAnyOrder(
            Phrase.of(ReasonCode.DEFAULT_LEFT_OUT, "model", "gone", "/defaults unset model"),
            Phrase.of(
                ReasonCode.DEFAULT_LEFT_OUT,
                "scheduler",
                "gone too",
                "/defaults unset scheduler --channel"));
  }

  private static <T> void set(ScopeSettings process, Scope scope, Setting<T> setting, T value) {
    process.set(1, scope, SettingValues.builder().put(setting, value).build());
  }

  private static Wish wish() {
    return new Wish(
        "a cat",
        "",
        Optional.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
