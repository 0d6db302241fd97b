package dev.hyperbrush.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.store.Author;
import dev.hyperbrush.store.Change;
import dev.hyperbrush.store.ChangeLog;
import dev.hyperbrush.store.Keyed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What people have set in scopes, as the database has it. Thread-safe.
 *
 * <p>Every command asks for some five scopes, so they are remembered: what is changed here counts
 * at once, what another process changes after {@link #OTHERS_CHANGES} at the latest.
 */
public final class ScopeSettings {
  static final Duration OTHERS_CHANGES = Duration.ofSeconds(5);
  private static final int REMEMBERED = 100_000;

  private final Keyed rows;
  private final ChangeLog log;
  private final Cache<String, SettingValues> remembered;

  public ScopeSettings(Keyed rows, ChangeLog log, InstantSource clock) {
    this.rows = rows;
    this.log = log;
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(OTHERS_CHANGES)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
    log.listen(this::forget);
  }

  private void forget(Change change) {
    if (change.kind().equals(rows.kind())) {
      remembered.invalidate(change.key().substring(0, change.key().indexOf(' ')));
    }
  }

  /** Reads anew what somebody has set who was joined with somebody else. */
  public void forgetPerson(long id) {
    remembered.invalidate(Scope.person(id).text());
  }

  /** What is set in a scope. */
  public SettingValues of(Scope scope) {
    // Loaded while the entry is held: a change that is made meanwhile waits to make it forgotten.
    return remembered.get(scope.text(), this::load);
  }

  private SettingValues load(String scope) {
    return SettingValues.read(
        rows.of(scope).stream().collect(Collectors.toMap(Keyed.Row::name, Keyed.Row::content)));
  }

  /** What is set around a person, from the widest scope to the narrowest. */
  List<Layer> around(Situation situation) {
    return Scope.around(situation).stream().map(scope -> new Layer(scope, of(scope))).toList();
  }

  /**
   * Sets values in a scope, each on its own: what somebody else sets meanwhile stays.
   *
   * @return what that changed
   */
  public List<Change> set(long personId, Scope scope, SettingValues values) {
    Map<String, Optional<String>> contents = new LinkedHashMap<>();
    values
        .write()
        .forEach((name, text) -> contents.put(Keyed.key(scope.text(), name), Optional.of(text)));
    return log.setAll(author(personId, scope), rows.kind(), contents);
  }

  /** Makes settings unset in a scope. */
  public List<Change> unset(long personId, Scope scope, Set<Setting<?>> settings) {
    Map<String, Optional<String>> contents = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      contents.put(Keyed.key(scope.text(), setting.name()), Optional.empty());
    }
    return log.setAll(author(personId, scope), rows.kind(), contents);
  }

  private static Author author(long personId, Scope scope) {
    return new Author(personId, scope.around().text());
  }
}
