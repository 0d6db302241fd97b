package dev.hyperbrush.command;

import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.Setting;
import dev.hyperbrush.policy.SettingValues;
import dev.hyperbrush.store.Change;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is set in a scope, in words and as cards. */
final class ScopeText {
  /** Everything that is set in a scope. */
  static Reply show(Locale locale, Scope scope, SettingValues values) {
    String title = Texts.get(locale, "defaults.title", ScopeOptions.name(locale, scope));
    if (values.isEmpty()) {
      return Reply.text(Texts.get(locale, "defaults.none", ScopeOptions.name(locale, scope)));
    }
    List<Card.Field> fields = fields(values);
    String lines =
        fields.stream()
            .map(field -> field.name() + ": " + field.value())
            .collect(Collectors.joining("\n"));
    return Reply.text(title + "\n" + lines).withCards(List.of(new Card(title, fields, List.of())));
  }

  static List<Card.Field> fields(SettingValues values) {
    return values.settings().stream().map(setting -> field(values, setting)).toList();
  }

  private static Card.Field field(SettingValues values, Setting<?> setting) {
    return new Card.Field(setting.name(), values.shown(setting).orElseThrow());
  }

  /** What was changed in a scope, each to be taken back by a button. */
  static Reply changed(Locale locale, Scope scope, List<Change> changes) {
    String name = ScopeOptions.name(locale, scope);
    if (changes.isEmpty()) {
      return Reply.text(Texts.get(locale, "defaults.same", name));
    }
    String lines =
        changes.stream()
            .map(change -> ChangeText.line(locale, change))
            .collect(Collectors.joining("\n"));
    return Reply.text(Texts.get(locale, "defaults.changed", name) + "\n" + lines)
        .withCards(changes.stream().map(change -> ChangeText.card(locale, change)).toList());
  }

  private ScopeText() {}
}
