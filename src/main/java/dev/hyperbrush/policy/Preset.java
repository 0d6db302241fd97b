package dev.hyperbrush.policy;

import dev.hyperbrush.pipeline.CataloguePreset;
import dev.hyperbrush.store.Keyed;
import dev.hyperbrush.store.TextMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Options and words under a name. Holds only what was set, so that defaults still apply beneath.
 * Immutable.
 *
 * @param id for buttons; 0 before it is stored, and of the catalogue's
 * @param scope of a person or of a server, or {@link Scope#OPERATOR} of the catalogue
 * @param author id of the person who made it
 * @param offered whether it waits for a moderator
 * @param title what it is for; empty where its name says all
 */
public record Preset(
    long id,
    Scope scope,
    PresetName name,
    long author,
    boolean offered,
    SettingValues values,
    String title) {
  Preset(
      long id, Scope scope, PresetName name, long author, boolean offered, SettingValues values) {
    this(id, scope, name, author, offered, values, "");
  }

  private static final String NAME = "name";
  private static final String AUTHOR = "author";
  private static final String OFFERED = "offered";

  /** Its row read; empty where another version wrote what is none here. */
  static Optional<Preset> of(Keyed.Row row) {
    Map<String, String> content = TextMap.read(row.content());
    String author = content.getOrDefault(AUTHOR, "");
    if (!author.matches("\\d{1,18}") || !content.containsKey(NAME)) {
      return Optional.empty();
    }
    return Scope.parse(row.scope())
        .map(scope ->
            new Preset(
                row.id(),
                scope,
                new PresetName(content.getOrDefault(NAME, "")),
                Long.parseLong(author),
                content.containsKey(OFFERED),
                SettingValues.read(content)));
  }

  /** One that the catalogue offers to everybody. */
  static Preset of(CataloguePreset preset) {
    SettingValues values =
        SettingValues.builder()
            .put(Settings.MODEL, preset.model())
            .put(Settings.STEPS, preset.steps().map(Integer::longValue))
            .put(Settings.GUIDANCE, preset.guidance())
            .put(
                Settings.SIZE,
                preset.size().map(size -> SizeWish.Pixels.of(size.width(), size.height())))
            .put(Settings.SCHEDULER, preset.scheduler())
            .put(Settings.ETA, preset.eta())
            .put(Settings.NO, Optional.of(preset.negative()).filter(words -> !words.isEmpty()))
            .put(Settings.LORA, Optional.of(preset.loras()).filter(loras -> !loras.isEmpty()))
            .build();
    PresetName name = new PresetName(preset.name());
    return new Preset(0, Scope.OPERATOR, name, 0, false, values, preset.title());
  }

  /** What {@link #of(Keyed.Row)} reads. */
  String content() {
    Map<String, String> content = new LinkedHashMap<>();
    content.put(NAME, name.shown());
    content.put(AUTHOR, String.valueOf(author));
    if (offered) {
      content.put(OFFERED, "yes");
    }
    content.putAll(values.write());
    return TextMap.write(content);
  }

  String key() {
    return Keyed.key(scope.text(), name.key());
  }

  /** The same in another place or under another name. */
  Preset as(Scope newScope, PresetName newName, boolean newOffered) {
    return new Preset(0, newScope, newName, author, newOffered, values);
  }

  /** Whether it comes with the catalogue: everybody has it, and nobody changes it in chat. */
  public boolean ofCatalogue() {
    return scope.kind() == ScopeKind.OPERATOR;
  }

  /** Whether it is shared by a server. */
  public boolean shared() {
    return scope.kind() == ScopeKind.SERVER;
  }
}
