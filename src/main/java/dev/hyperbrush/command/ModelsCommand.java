package dev.hyperbrush.command;

import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.pipeline.Licence;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.pipeline.StylePictures;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.Found;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /models}: the models that may be used here; by its name, one with all its recipes. Whoever
 * runs the program also reads what is there and cannot be used. Thread-safe.
 */
final class ModelsCommand implements Verb {
  private static final String NAME = "models";

  private final Choices choices;
  private final EffectiveSettings settings;

  ModelsCommand(Choices choices, EffectiveSettings settings) {
    this.choices = choices;
    this.settings = settings;
  }

  @Override
  public Usage usage() {
    return Usage.of(NAME).takes("model").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Choices now = choices.now();
    String name = call.arguments().text().strip();
    if (!name.isEmpty()) {
      Card card = card(call.locale(), now, now.model(name), true);
      return Reply.text(card.title() + "\n" + facts(card)).withCards(List.of(card));
    }
    List<Card> cards = new ArrayList<>();
    allowed(call, now).forEach(model -> cards.add(card(call.locale(), now, model, false)));
    if (call.situation().may(Permission.OPERATOR) && !now.problems().isEmpty()) {
      cards.add(problems(call.locale(), now.problems()));
    }
    return Reply.text(text(call, now, cards)).withCards(cards);
  }

  private List<ModelVariant> allowed(Call call, Choices now) {
    Optional<List<String>> names =
        settings.resolution(call.situation()).allowed(Settings.MODELS).map(Found::value);
    return now.models().stream()
        .filter(model -> names.map(some -> some.contains(model.id())).orElse(true))
        .toList();
  }

  private static String text(Call call, Choices now, List<Card> cards) {
    Locale locale = call.locale();
    List<String> lines = new ArrayList<>();
    lines.add(
        Texts.get(locale, "models.title")
            + ". "
            + Texts.get(locale, "models.about", "/" + NAME + " " + now.defaultModel().id()));
    cards.stream().map(ModelsCommand::line).forEach(lines::add);
    lines.add(Texts.get(locale, "models.schedulers", String.join(", ", now.schedulers())));
    return String.join("\n", lines);
  }

  private static String line(Card card) {
    return card.title() + " – " + facts(card);
  }

  private static String facts(Card card) {
    return card.fields().stream()
        .map(field -> field.name() + ": " + field.value())
        .collect(Collectors.joining("; "));
  }

  private static Card problems(Locale locale, List<Phrase> problems) {
    List<Card.Field> fields = new ArrayList<>();
    for (Phrase problem : problems) {
      fields.add(new Card.Field(String.valueOf(fields.size() + 1), Texts.say(locale, problem)));
    }
    return new Card(Texts.get(locale, "models.problem"), fields, List.of());
  }

  private static Card card(Locale locale, Choices now, ModelVariant model, boolean whole) {
    List<Card.Field> fields = new ArrayList<>();
    now.family(model)
        .ifPresent(kind -> fields.add(field(locale, "models.field.kind", kind.title())));
    fields.add(
        field(
            locale,
            "models.field.sizes",
            model.sizes().stream().map(Object::toString).collect(Collectors.joining(", "))));
    Stream<Recipe> recipes = whole ? model.recipes().stream() : model.recipes().stream().limit(2);
    recipes.forEach(
        recipe -> fields.add(field(locale, "models.field.recipe", recipe(locale, recipe, whole))));
    String licences =
        now.licences(model).stream()
            .map(licence -> licence(locale, licence))
            .collect(Collectors.joining(", "));
    if (!licences.isEmpty()) {
      fields.add(field(locale, "models.field.licence", licences));
    }
    boolean usual = model.id().equals(now.defaultModel().id());
    String title = model.id() + " – " + model.title();
    Card card =
        new Card(
            usual ? title + " " + Texts.get(locale, "models.default") : title, fields, List.of());
    return now.style(model).map(picture -> card.withPicture(file(model, picture))).orElse(card);
  }

  private static Attachment file(ModelVariant model, Path picture) {
    return new Attachment(
        model.id().replaceAll("[^A-Za-z0-9-]", "-") + ".jpg",
        "image/jpeg",
        StylePictures.MOST_BYTES,
        () -> Files.newInputStream(picture));
  }

  private static Card.Field field(Locale locale, String key, String value) {
    return new Card.Field(Texts.get(locale, key), value);
  }

  private static String recipe(Locale locale, Recipe recipe, boolean whole) {
    String steps = steps(locale, recipe);
    String text =
        recipe.guided()
            ? Texts.get(
                locale,
                "models.recipe.guided",
                steps,
                recipe.scheduler(),
                Shown.number(recipe.minGuidance()) + "–" + Shown.number(recipe.maxGuidance()))
            : Texts.get(locale, "models.recipe.unguided", steps, recipe.scheduler());
    String loras = recipe.loras().stream().map(LoraWeight::name).collect(Collectors.joining(", "));
    return whole && !loras.isEmpty()
        ? text + "; " + Texts.get(locale, "models.recipe.loras", loras)
        : text;
  }

  private static String steps(Locale locale, Recipe recipe) {
    return recipe.minSteps() == recipe.maxSteps()
        ? String.valueOf(recipe.minSteps())
        : Texts.get(
            locale,
            "models.recipe.steps",
            recipe.minSteps() + "–" + recipe.maxSteps(),
            recipe.defaultSteps());
  }

  private static String licence(Locale locale, Licence licence) {
    return licence.nonCommercial()
        ? Texts.get(locale, "models.noncommercial", licence.name())
        : licence.name();
  }
}
