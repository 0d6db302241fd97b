package dev.hyperbrush.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.pipeline.CataloguePreset;
import dev.hyperbrush.store.Author;
import dev.hyperbrush.store.Change;
import dev.hyperbrush.store.ChangeLog;
import dev.hyperbrush.store.Keyed;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * People's presets, those that a server shares, and those of the catalogue. Thread-safe.
 *
 * <p>Of presets of one name, one's own wins over the server's, and that over the catalogue's. What
 * somebody shares is a copy: what a moderator has let in does not change when its author goes on
 * working on theirs.
 */
public final class Presets {
  /** More than anybody finds anything in. */
  private static final int MOST = 200;

  /** Of one person at once, so that nobody fills a server with what nobody has let in. */
  private static final int MOST_OFFERED = 5;

  private static final int REMEMBERED = 20_000;

  private final Keyed rows;
  private final ChangeLog log;
  private final Supplier<List<CataloguePreset>> catalogue;
  private final Cache<String, List<Preset>> remembered;

  /**
   * Reads what is stored.
   *
   * @param catalogue presets that everybody has, as things are at that moment
   */
  public Presets(
      Keyed rows, ChangeLog log, InstantSource clock, Supplier<List<CataloguePreset>> catalogue) {
    this.rows = rows;
    this.log = log;
    this.catalogue = catalogue;
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(ScopeSettings.OTHERS_CHANGES)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
    log.listen(this::forget);
  }

  private void forget(Change change) {
    if (change.kind().equals(rows.kind())) {
      remembered.invalidate(change.key().substring(0, change.key().indexOf(' ')));
    }
  }

  /** Reads anew the presets of somebody who was joined with somebody else. */
  public void forgetPerson(long id) {
    remembered.invalidate(Scope.person(id).text());
  }

  /** The server's scope of a situation. */
  public static Optional<Scope> server(Situation situation) {
    return situation
        .origin()
        .server()
        .map(server -> Scope.server(situation.origin().platform(), server));
  }

  /**
   * One's own presets by name, then those of the server, what is only offered for moderators and
   * for whoever offers it; then those of the catalogue.
   */
  public List<Preset> visible(Situation situation) {
    List<Preset> visible = new ArrayList<>(of(Scope.person(situation.personId())));
    server(situation)
        .ifPresent(server ->
            of(server).stream()
                .filter(preset ->
                    !preset.offered()
                        || situation.may(Permission.MODERATOR)
                        || preset.author() == situation.personId())
                .forEach(visible::add));
    catalogue.get().stream().map(Preset::of).forEach(visible::add);
    return visible;
  }

  private List<Preset> of(Scope scope) {
    return remembered.get(scope.text(), this::load);
  }

  private List<Preset> load(String scope) {
    return rows.of(scope).stream().map(Preset::of).flatMap(Optional::stream).toList();
  }

  /**
   * The preset that a name means.
   *
   * @throws Refusal naming the nearest when there is none
   */
  public Preset find(String typed, Situation situation) {
    List<Preset> usable = visible(situation).stream().filter(preset -> !preset.offered()).toList();
    return named(typed, usable);
  }

  /** As {@link #find(String, Situation)}, or else one that is only offered. */
  public Preset any(String typed, Situation situation) {
    List<Preset> visible = visible(situation);
    return named(typed, visible);
  }

  /** The server's preset of a name, offered or shared. */
  public Preset shared(String typed, Situation situation) {
    List<Preset> shared = visible(situation).stream().filter(Preset::shared).toList();
    return named(typed, shared);
  }

  /** The preset of a number, as far as one may see it. */
  public Optional<Preset> find(long id, Situation situation) {
    return visible(situation).stream()
        .filter(preset -> preset.id() == id && !preset.ofCatalogue())
        .findFirst();
  }

  /** The first of some presets that a name means. */
  static Preset named(String typed, List<Preset> presets) {
    String key = new PresetName(Normalizer.normalize(typed.strip(), Normalizer.Form.NFKC)).key();
    return presets.stream()
        .filter(preset -> preset.name().key().equals(key))
        .findFirst()
        .orElseThrow(() -> unknown(typed, presets));
  }

  private static Refusal unknown(String typed, List<Preset> known) {
    List<String> names = known.stream().map(preset -> preset.name().shown()).distinct().toList();
    return new Refusal(ReasonCode.PRESET_UNKNOWN, Shown.brief(typed), Nearest.first(typed, names));
  }

  /**
   * Keeps a new preset of a person.
   *
   * @param replace whether one of this name is overwritten
   * @throws Refusal when there is one of this name, or there are too many
   */
  public Preset save(long personId, PresetName name, SettingValues values, boolean replace) {
    Scope own = Scope.person(personId);
    Preset preset = new Preset(0, own, name, personId, false, values);
    requireRoom(of(own).size(), MOST);
    if (replace) {
      log.set(author(personId, preset), rows.kind(), preset.key(), Optional.of(preset.content()));
    } else {
      create(personId, preset);
    }
    return stored(preset);
  }

  private void create(long personId, Preset preset) {
    if (log.create(author(personId, preset), rows.kind(), preset.key(), preset.content())
        .isEmpty()) {
      throw new Refusal(ReasonCode.PRESET_NAME_TAKEN, preset.name().shown());
    }
  }

  private static void requireRoom(long there, int most) {
    if (there >= most) {
      throw new Refusal(ReasonCode.PRESETS_TOO_MANY, most);
    }
  }

  /** Removes a preset; empty when somebody else was faster. */
  public Optional<Change> delete(long personId, Preset preset) {
    return log.set(author(personId, preset), rows.kind(), preset.key(), Optional.empty());
  }

  /**
   * Gives a preset another name.
   *
   * @throws Refusal when there is one of that name
   */
  public Preset rename(long personId, Preset preset, PresetName name) {
    Preset renamed = preset.as(preset.scope(), name, preset.offered());
    if (!renamed.key().equals(preset.key()) && find(renamed).isPresent()) {
      throw new Refusal(ReasonCode.PRESET_NAME_TAKEN, name.shown());
    }
    Map<String, Optional<String>> contents = new HashMap<>();
    contents.put(preset.key(), Optional.empty());
    contents.put(renamed.key(), Optional.of(renamed.content()));
    log.setAll(author(personId, preset), rows.kind(), contents);
    return stored(renamed);
  }

  /**
   * Copies a preset to a server.
   *
   * @param offered whether a moderator has to let it in first
   * @throws Refusal when the server has one of that name, or too many
   */
  public Preset share(long personId, Preset preset, Scope server, boolean offered) {
    Preset shared = preset.as(server, preset.name(), offered);
    if (offered) {
      requireRoom(
          of(server).stream().filter(one -> one.offered() && one.author() == personId).count(),
          MOST_OFFERED);
    } else {
      requireRoom(of(server).stream().filter(one -> !one.offered()).count(), MOST);
    }
    create(personId, shared);
    return stored(shared);
  }

  /** Lets an offered preset in. */
  public Preset approve(long personId, Preset preset) {
    Preset approved = preset.as(preset.scope(), preset.name(), false);
    log.set(author(personId, preset), rows.kind(), preset.key(), Optional.of(approved.content()));
    return stored(approved);
  }

  private Optional<Preset> find(Preset preset) {
    return rows.find(preset.scope().text(), preset.name().key()).flatMap(Preset::of);
  }

  private Preset stored(Preset preset) {
    return find(preset).orElse(preset);
  }

  private static Author author(long personId, Preset preset) {
    return new Author(personId, preset.scope().text());
  }
}
