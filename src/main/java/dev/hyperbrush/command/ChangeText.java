package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.Settings;
import dev.hyperbrush.store.Change;
import dev.hyperbrush.store.TextMap;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes in words and as cards. */
final class ChangeText {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String NOTHING = "–";

  /** What was changed, from what to what: {@code steps (channel 12): 20 → 12}. */
  static String line(Locale locale, Change change) {
    return what(locale, change)
        + ": "
        + content(change, change.before())
        + " → "
        + content(change, change.after());
  }

  static String numbered(Locale locale, Change change) {
    return "#"
        + change.id()
        + " "
        + WHEN.format(change.at())
        + " "
        + change.who()
        + " – "
        + line(locale, change);
  }

  /** With a button that takes it back. */
  static Card card(Locale locale, Change change) {
    List<Card.Field> fields = new ArrayList<>();
    field(locale, fields, "number", "#" + change.id());
    field(locale, fields, "when", WHEN.format(change.at()));
    if (!change.who().isEmpty()) {
      field(locale, fields, "who", change.who());
    }
    field(locale, fields, "before", content(change, change.before()));
    field(locale, fields, "after", content(change, change.after()));
    change.undoes().ifPresent(undone -> field(locale, fields, "undoes", "#" + undone));
    return new Card(what(locale, change), fields, List.of(undo(locale, change)));
  }

  private static Button undo(Locale locale, Change change) {
    return new Button(
        Texts.get(locale, "button.undo"), new ActionId("changes undo", change.id(), 0));
  }

  private static void field(Locale locale, List<Card.Field> fields, String name, String value) {
    fields.add(new Card.Field(Texts.get(locale, "change." + name), value));
  }

  /** The thing: of a setting or a preset its name and the scope, of others what the log has. */
  private static String what(Locale locale, Change change) {
    int space = change.key().indexOf(' ');
    Optional<Scope> scope =
        space < 0 ? Optional.empty() : Scope.parse(change.key().substring(0, space));
    String kind = change.kind().equals("setting") ? "" : change.kind() + " ";
    return scope
        .map(of ->
            kind + change.key().substring(space + 1) + " (" + ScopeOptions.name(locale, of) + ")")
        .orElse(kind + change.key());
  }

  private static String content(Change change, Optional<String> content) {
    return content.map(text -> Shown.brief(readable(change, text))).orElse(NOTHING);
  }

  private static String readable(Change change, String content) {
    if (change.kind().equals("setting")) {
      String name = change.key().substring(change.key().indexOf(' ') + 1);
      return Settings.find(name).map(setting -> setting.shown(content)).orElse(content);
    }
    if (!content.startsWith("{")) {
      return content;
    }
    try {
      return TextMap.read(content).entrySet().stream()
          .map(part -> part.getKey() + " " + part.getValue())
          .collect(Collectors.joining(", "));
    } catch (UncheckedIOException noJson) {
      return content;
    }
  }

  private ChangeText() {}
}
