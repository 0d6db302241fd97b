package dev.hyperbrush.policy;

import dev.hyperbrush.store.Keyed;
import dev.hyperbrush.store.TextMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Options and words under a name. Holds only what was set, so that defaults still apply beneath.
 * Immutable.
 *
 * @param id for buttons; 0 before it is stored
 * @param scope of a person or of a server
 * @param author id of the person who made it
 * @param offered whether it waits for a moderator
 */
public record Preset(
    long id, Scope scope, PresetName name, long author, boolean offered, SettingValues values) {
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

  /** What {@link #of} reads. */
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

  /** Whether it is shared by a server. */
  public boolean shared() {
    return scope.kind() == ScopeKind.SERVER;
  }
}
