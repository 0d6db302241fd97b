package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.policy.Choices;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /models}: what there is to draw with. Thread-safe. */
final class ModelsCommand implements Verb {
  private final Choices choices;

  ModelsCommand(Choices choices) {
    this.choices = choices;
  }

  @Override
  public Usage usage() {
    return Usage.of("models").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Locale locale = call.locale();
    Stream<String> models = choices.models().stream().map(model -> line(locale, model));
    Stream<String> others =
        Stream.of(
            Texts.get(locale, "models.loras", listed(choices.loras().stream())),
            Texts.get(locale, "models.schedulers", listed(choices.schedulers().stream())));
    return Reply.text(Stream.concat(models, others).collect(Collectors.joining("\n")));
  }

  private String line(Locale locale, ModelVariant model) {
    String text =
        Texts.get(
            locale,
            "models.model",
            model.id(),
            model.title(),
            listed(model.sizes().stream().map(Object::toString)),
            model.recipes().stream()
                .map(recipe -> recipe(locale, recipe))
                .collect(Collectors.joining("; ")));
    boolean usual = model.id().equals(choices.defaultModel().id());
    return usual ? text + " " + Texts.get(locale, "models.default") : text;
  }

  private static String recipe(Locale locale, Recipe recipe) {
    String steps = recipe.minSteps() + "–" + recipe.maxSteps();
    return recipe.guided()
        ? Texts.get(
            locale,
            "models.guided",
            steps,
            Shown.number(recipe.minGuidance()) + "–" + Shown.number(recipe.maxGuidance()))
        : Texts.get(locale, "models.unguided", steps);
  }

  private static String listed(Stream<String> names) {
    String list = names.collect(Collectors.joining(", "));
    return list.isEmpty() ? "–" : list;
  }
}
