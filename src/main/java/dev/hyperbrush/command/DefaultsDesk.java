package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.ScopeKind;
import dev.hyperbrush.policy.ScopeSettings;
import dev.hyperbrush.policy.Setting;
import dev.hyperbrush.policy.SettingValues;
import dev.hyperbrush.policy.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the verbs about defaults have in common. Thread-safe. */
final class DefaultsDesk {
  private final ScopeOptions scopes = new ScopeOptions();
  private final Choices choices;
  private final EffectiveSettings settings;
  private final ScopeSettings stored;
  private final SettingFlags moderated;
  private final SettingFlags own;

  DefaultsDesk(Choices choices, EffectiveSettings settings, ScopeSettings stored) {
    this.choices = choices;
    this.settings = settings;
    this.stored = stored;
    this.moderated = new SettingFlags(choices, Settings.of(ScopeKind.ROLE));
    this.own = new SettingFlags(choices, Settings.of(ScopeKind.PERSON));
  }

  ScopeOptions scopes() {
    return scopes;
  }

  /** What moderators set. */
  SettingFlags moderated() {
    return moderated;
  }

  /** What people set for themselves. */
  SettingFlags own() {
    return own;
  }

  /** Sets values in a scope if all of them are possible. */
  Reply set(Call call, Scope scope, SettingValues values) {
    SettingValues checked = values.checked(choices, settings.operators());
    return ScopeText.changed(call.locale(), scope, stored.set(call.personId(), scope, checked));
  }

  Reply unset(Call call, Scope scope, Set<Setting<?>> unset) {
    return ScopeText.changed(call.locale(), scope, stored.unset(call.personId(), scope, unset));
  }

  Reply show(Call call, Scope scope) {
    return ScopeText.show(call.locale(), scope, stored.of(scope));
  }

  /** The settings that somebody names, with spaces or commas between. */
  static Set<Setting<?>> named(String typed, Scope scope) {
    Set<Setting<?>> named = new LinkedHashSet<>();
    for (String word : typed.strip().split("[\\s,]+", -1)) {
      String name = word.toLowerCase(Locale.ROOT).replaceFirst("^--", "");
      if (!name.isEmpty()) {
        named.add(Settings.find(name).orElseThrow(() -> unknown(word, scope)));
      }
    }
    return named;
  }

  private static Refusal unknown(String name, Scope scope) {
    return new Refusal(
        ReasonCode.SETTING_NAME_UNKNOWN, Shown.brief(name), Nearest.first(name, names(scope)));
  }

  /** Words without a flag mean nothing here, and must not look as if they were obeyed. */
  static void requireSomething(Call call, boolean nothing, String example, Scope scope) {
    String text = call.arguments().text();
    if (!text.isEmpty()) {
      String first = text.split(" ", 2)[0];
      throw unknown(first, scope);
    }
    if (nothing) {
      throw new Refusal(
          ReasonCode.SETTINGS_NOTHING_NAMED, example, String.join(", ", names(scope)));
    }
  }

  static void requirePossible(Setting<?> setting, Scope scope) {
    if (!setting.isFor(scope.kind())) {
      throw new Refusal(
          ReasonCode.SETTING_NOT_FOR_SCOPE, setting.name(), String.join(", ", names(scope)));
    }
  }

  private static List<String> names(Scope scope) {
    return Settings.of(scope.kind()).stream().<String>map(Setting::name).toList();
  }
}
