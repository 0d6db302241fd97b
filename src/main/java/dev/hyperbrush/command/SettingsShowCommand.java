package dev.hyperbrush.command;

import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.Found;
import dev.hyperbrush.policy.Resolution;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.Setting;
import dev.hyperbrush.policy.SettingValues;
import dev.hyperbrush.policy.Settings;
import dev.hyperbrush.policy.SizeWish;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code /settings show}: what every setting comes to here, and which scope it comes from.
 * Thread-safe.
 */
final class SettingsShowCommand implements Verb {
  private final Choices choices;
  private final EffectiveSettings settings;

  SettingsShowCommand(Choices choices, EffectiveSettings settings) {
    this.choices = choices;
    this.settings = settings;
  }

  @Override
  public Usage usage() {
    return Usage.of("settings show").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Resolution resolution = settings.resolution(call.situation());
    Card defaults = card(call.locale(), resolution, "settings.defaults", one -> !one.limits());
    Card limits = card(call.locale(), resolution, "settings.limits", Setting::limits);
    return Reply.text(text(defaults) + "\n\n" + text(limits)).withCards(List.of(defaults, limits));
  }

  private static String text(Card card) {
    return card.title()
        + "\n"
        + card.fields().stream()
            .map(field -> field.name() + ": " + field.value())
            .collect(Collectors.joining("\n"));
  }

  private Card card(
      Locale locale, Resolution resolution, String title, Predicate<Setting<?>> listed) {
    SettingValues model = ofModel(resolution);
    List<Card.Field> fields =
        Settings.ALL.stream()
            .filter(setting -> setting.use() != Setting.Use.OF_PRESET)
            .filter(listed)
            .map(setting ->
                new Card.Field(setting.name(), value(locale, resolution, model, setting)))
            .toList();
    return new Card(Texts.get(locale, title), fields, List.of());
  }

  private static <T> String value(
      Locale locale, Resolution resolution, SettingValues model, Setting<T> setting) {
    List<Found<T>> effective = resolution.effective(setting);
    if (!effective.isEmpty()) {
      return effective.stream()
          .map(found -> value(locale, setting.kind().shown(found.value()), found.scope()))
          .collect(Collectors.joining("; "));
    }
    return model
        .shown(setting)
        .map(shown -> value(locale, shown, Scope.MODEL))
        .orElseGet(() -> Texts.get(locale, "settings.unset"));
  }

  private static String value(Locale locale, String shown, Scope scope) {
    return Texts.get(locale, "settings.value", shown, ScopeOptions.name(locale, scope));
  }

  /** What the model brings where nobody decides. */
  private SettingValues ofModel(Resolution resolution) {
    ModelVariant model =
        resolution
            .decided(Settings.MODEL)
            .flatMap(found -> installed(found.value()))
            .orElseGet(choices::defaultModel);
    Recipe recipe = model.recipes().getFirst();
    return SettingValues.builder()
        .put(Settings.MODEL, model.id())
        .put(Settings.STEPS, (long) recipe.defaultSteps())
        .put(Settings.GUIDANCE, recipe.defaultGuidance())
        .put(
            Settings.SIZE,
            SizeWish.Pixels.of(model.nativeSize().width(), model.nativeSize().height()))
        .put(Settings.SCHEDULER, recipe.scheduler())
        .put(Settings.ETA, recipe.eta())
        .build();
  }

  private Optional<ModelVariant> installed(String id) {
    return choices.models().stream().filter(model -> model.id().equalsIgnoreCase(id)).findFirst();
  }
}
