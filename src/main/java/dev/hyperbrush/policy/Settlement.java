package dev.hyperbrush.policy;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One wish on its way to a request. Owned by the call that settles. */
final class Settlement {
  /** Each makes the prompt longer, so there has to be an end. */
  private static final int MOST_PRESETS = 8;

  private final Choices choices;
  private final Wish wish;
  private final List<Layer> presets;
  private final Resolution resolution;
  private final Notices notices = new Notices();

  /**
   * A settlement.
   *
   * @param scopes from the widest to the narrowest
   * @param presets in the order to apply them
   */
  Settlement(Choices choices, Wish wish, List<Layer> scopes, List<Layer> presets) {
    if (presets.size() > MOST_PRESETS) {
      throw new Refusal(ReasonCode.PRESETS_TOO_MANY_AT_ONCE, presets.size(), MOST_PRESETS);
    }
    this.choices = choices;
    this.wish = wish;
    this.presets = presets;
    List<Layer> layers = new ArrayList<>(scopes);
    layers.addAll(presets);
    layers.add(new Layer(Scope.COMMAND, wish.values()));
    this.resolution = new Resolution(layers);
  }

  GenerationRequest request(RandomGenerator chance) {
    String prompt = ownPrompt();
    ModelVariant model = model();
    RecipeChoice run =
        RecipeChoice.of(
            new RecipeChoice.Run(
                resolution.first(Settings.STEPS),
                resolution.first(Settings.GUIDANCE),
                limit(Settings.MAX_STEPS)),
            model,
            notices);
    Recipe recipe = run.recipe();
    String scheduler = scheduler(recipe);
    // A recipe's eta is meant for its own scheduler only.
    double usualEta = scheduler.equals(recipe.scheduler()) ? recipe.eta() : 0;
    return new GenerationRequest(
        model.id(),
        styled(prompt),
        negativePrompt(run, model),
        size(model),
        run.steps(),
        run.guidanceScale(),
        scheduler,
        resolution.first(Settings.ETA).map(Found::value).orElse(usualEta),
        resolution
            .first(Settings.SEED)
            .map(found -> new Seed(found.value()))
            .orElseGet(() -> Seed.random(chance)),
        count(),
        loras(model),
        0,
        resolution.first(Settings.DRAFT).map(Found::value).orElse(false));
  }

  List<Phrase> notices() {
    return notices.all();
  }

  boolean spoiler() {
    return resolution.first(Settings.SPOILER).map(Found::value).orElse(false);
  }

  Allowances allowances() {
    return resolution.allowances();
  }

  /** A limit that whoever runs the program always sets. */
  private <T> Found<T> limit(Setting<T> setting) {
    return resolution.limit(setting).orElseThrow();
  }

  /** What the person wrote, in the words of their presets. */
  private String ownPrompt() {
    String prompt = wish.prompt();
    checkLength("prompt", prompt);
    for (Layer preset : presets) {
      Optional<String> text = preset.values().get(Settings.TEXT);
      if (text.isPresent()) {
        prompt = StyledPrompt.fill(text.get(), prompt);
        checkLength("prompt", prompt);
      }
    }
    if (prompt.isBlank()) {
      throw new Refusal(ReasonCode.PROMPT_EMPTY);
    }
    return prompt;
  }

  private void checkLength(String what, String text) {
    int length = text.codePointCount(0, text.length());
    long most = limit(Settings.MAX_PROMPT).value();
    if (length > most) {
      throw new Refusal(ReasonCode.PROMPT_TOO_LONG, what, length, most);
    }
  }

  private String styled(String prompt) {
    return wish.styled()
        ? prompt
        : StyledPrompt.around(
            resolution.style(Settings.PREFIX), prompt, resolution.style(Settings.SUFFIX));
  }

  /** Without guidance it does nothing, so nothing is added to what was asked for then. */
  private String negativePrompt(RecipeChoice run, ModelVariant model) {
    List<String> asked = new ArrayList<>();
    presets.forEach(preset -> preset.values().get(Settings.NO).ifPresent(asked::add));
    if (!wish.negativePrompt().isBlank()) {
      asked.add(wish.negativePrompt());
    }
    String own = StyledPrompt.joined(asked);
    checkLength("--no", own);
    boolean guided = run.guidanceScale() > 1;
    if (!guided && !own.isEmpty()) {
      notices.addAll(List.of(withoutEffect(model)));
    }
    if (!guided || wish.styled()) {
      return own;
    }
    List<String> all = new ArrayList<>(resolution.style(Settings.NO));
    if (!own.isEmpty()) {
      // What somebody usually avoids is for prompts that say nothing else.
      resolution.all(Settings.NO).stream()
          .filter(found -> found.scope().kind() == ScopeKind.PERSON)
          .forEach(found -> all.remove(found.value()));
      all.add(own);
    }
    return StyledPrompt.joined(all);
  }

  private static Phrase withoutEffect(ModelVariant model) {
    return model.recipes().stream()
        .filter(Recipe::guided)
        .findFirst()
        .map(recipe ->
            Phrase.of(
                ReasonCode.NEGATIVE_WITHOUT_GUIDANCE,
                Shown.number(recipe.defaultGuidance()),
                recipe.defaultSteps()))
        .orElseGet(() -> Phrase.of(ReasonCode.NEGATIVE_IMPOSSIBLE, model.id()));
  }

  private ModelVariant model() {
    Allowed allowed = allowed(Library.MODELS, Settings.MODELS);
    return named(Settings.MODEL, allowed)
        .or(() -> Optional.of(choices.defaultModel().id()).filter(allowed::contains))
        .or(() -> allowed.first(choices))
        .map(choices::model)
        .orElseThrow(() -> allowed.refusal(choices.defaultModel().id()));
  }

  /** The model's own scheduler is always possible: without it the model may draw nothing. */
  private String scheduler(Recipe recipe) {
    Allowed allowed = allowed(Library.SCHEDULERS, Settings.SCHEDULERS).and(recipe.scheduler());
    return named(Settings.SCHEDULER, allowed).orElse(recipe.scheduler());
  }

  /** Names that are allowed here; all where nothing is said. */
  private record Allowed(Library library, Optional<List<String>> names) {
    boolean contains(String name) {
      return names.map(some -> some.contains(name)).orElse(true);
    }

    Allowed and(String name) {
      return contains(name)
          ? this
          : new Allowed(
              library,
              names.map(some -> {
                List<String> more = new ArrayList<>(some);
                more.add(name);
                return more;
              }));
    }

    Optional<String> first(Choices choices) {
      return names.stream()
          .flatMap(List::stream)
          .filter(library.names(choices)::contains)
          .findFirst();
    }

    Refusal refusal(String name) {
      return new Refusal(
          library.notAllowed(), name, names.map(some -> String.join(", ", some)).orElse("–"));
    }
  }

  private Allowed allowed(Library library, Setting<List<String>> setting) {
    return new Allowed(library, resolution.allowed(setting).map(Found::value));
  }

  /** The narrowest name that is known and allowed. */
  private Optional<String> named(Setting<String> setting, Allowed allowed) {
    for (Found<String> found : resolution.all(setting)) {
      Optional<String> name = possible(setting.name(), found.value(), found.scope(), allowed);
      if (name.isPresent()) {
        return name;
      }
    }
    return Optional.empty();
  }

  /** The name as it is installed; what was not named just now may have become impossible. */
  private Optional<String> possible(String what, String name, Scope scope, Allowed allowed) {
    try {
      String known = allowed.library().find(choices, name);
      if (!allowed.contains(known)) {
        throw allowed.refusal(known);
      }
      return Optional.of(known);
    } catch (Refusal impossible) {
      if (scope.kind() == ScopeKind.COMMAND) {
        throw impossible;
      }
      notices.passedOver(what, name, scope);
      return Optional.empty();
    }
  }

  private List<LoraWeight> loras(ModelVariant model) {
    Allowed allowed = allowed(Library.LORAS, Settings.LORAS);
    Map<String, LoraWeight> byName = new LinkedHashMap<>();
    for (Found<List<LoraWeight>> found : resolution.all(Settings.LORA).reversed()) {
      for (LoraWeight lora : found.value()) {
        possible("lora", lora.name(), found.scope(), allowed)
            .filter(name -> fits(name, model, found.scope()))
            .ifPresent(name -> byName.put(name, new LoraWeight(name, lora.weight())));
      }
    }
    return List.copyOf(byName.values());
  }

  private boolean fits(String lora, ModelVariant model, Scope scope) {
    try {
      choices.requireFit(lora, model);
      return true;
    } catch (Refusal misfit) {
      if (scope.kind() == ScopeKind.COMMAND) {
        throw misfit;
      }
      notices.passedOver("lora", lora, scope);
      return false;
    }
  }

  private ImageSize size(ModelVariant model) {
    Found<Long> most = limit(Settings.MAX_PIXELS);
    SizeChoice limited = new SizeChoice(model, most.value());
    Optional<Found<SizeWish>> wanted = resolution.first(Settings.SIZE);
    if (wanted.isEmpty()) {
      return limited.usual();
    }
    SizeWish wish = wanted.get().value();
    List<Phrase> changes = new ArrayList<>();
    ImageSize size = limited.choose(wish, changes);
    ImageSize unlimited = new SizeChoice(model, Long.MAX_VALUE).choose(wish, new ArrayList<>());
    if (wanted.get().asked() && !size.equals(unlimited)) {
      notices.limited("size", Settings.SIZE.kind().shown(wish), size, most);
    } else if (wanted.get().asked()) {
      notices.addAll(changes);
    }
    return size;
  }

  private int count() {
    Optional<Found<Long>> wanted = resolution.first(Settings.COUNT);
    Found<Long> most = limit(Settings.MAX_COUNT);
    long count = wanted.map(Found::value).orElse(1L);
    if (count <= most.value()) {
      return Math.toIntExact(count);
    }
    if (wanted.orElseThrow().asked()) {
      notices.limited("count", count, most.value(), most);
    }
    return Math.toIntExact(most.value());
  }
}
