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
import java.util.random.RandomGenerator;

/**
 * Turns a wish into a request: what the command leaves open comes from the operator's settings, and
 * what those leave open from the model. What cannot be had as asked is changed to the nearest that
 * can, with a notice; what cannot be guessed is refused.
 *
 * <p>Thread-safe as long as the source of chance is.
 */
public final class EffectiveSettings {
  private final Choices choices;
  private final OperatorSettings operator;
  private final RandomGenerator chance;

  public EffectiveSettings(Choices choices, OperatorSettings operator, RandomGenerator chance) {
    this.choices = choices;
    this.operator = operator;
    this.chance = chance;
  }

  /**
   * What a wish comes to.
   *
   * @param notices what of the wish had to be changed
   * @param spoiler whether the pictures are covered until somebody wants to see them
   * @param allowances how much the person may ask for
   */
  public record Settled(
      GenerationRequest request, List<Phrase> notices, boolean spoiler, Allowances allowances) {
    public Settled {
      notices = List.copyOf(notices);
    }
  }

  /** Nothing depends on the situation yet: the operator's settings are for everybody. */
  public Settled settle(Wish wish, Situation situation) {
    return settle(wish);
  }

  /** With the settings that are for everybody, as for a command line. */
  public Settled settle(Wish wish) {
    List<Phrase> notices = new ArrayList<>();
    checkLength("prompt", wish.prompt());
    checkLength("--no", wish.negativePrompt());
    ModelVariant model = model(wish);
    RecipeChoice run = RecipeChoice.of(wish, model, operator.maxSteps(), notices);
    Recipe recipe = run.recipe();
    String scheduler = wish.scheduler().map(choices::scheduler).orElse(recipe.scheduler());
    // A recipe's eta is meant for its own scheduler only.
    double usualEta = scheduler.equals(recipe.scheduler()) ? recipe.eta() : 0;
    GenerationRequest request =
        new GenerationRequest(
            model.id(),
            wish.prompt(),
            wish.negativePrompt(),
            size(wish, model, notices),
            run.steps(),
            run.guidanceScale(),
            scheduler,
            wish.eta().orElse(usualEta),
            wish.seed().orElseGet(() -> Seed.random(chance)),
            count(wish),
            loras(wish),
            0);
    if (!request.negativePrompt().isEmpty() && !request.guided()) {
      notices.add(withoutEffect(model));
    }
    return new Settled(request, notices, false, operator.allowances());
  }

  private ModelVariant model(Wish wish) {
    return wish.model()
        .or(operator::defaultModel)
        .map(choices::model)
        .orElseGet(choices::defaultModel);
  }

  private ImageSize size(Wish wish, ModelVariant model, List<Phrase> notices) {
    return wish.size()
        .map(size -> new SizeChoice(model, operator.maxPixels()).choose(size, notices))
        .orElseGet(() -> new SizeChoice(model, operator.maxPixels()).usual());
  }

  private int count(Wish wish) {
    int count = wish.count().orElse(1);
    if (count < 1 || count > operator.maxCount()) {
      throw new Refusal(ReasonCode.COUNT_OUT_OF_RANGE, count, 1, operator.maxCount());
    }
    return count;
  }

  private List<LoraWeight> loras(Wish wish) {
    Map<String, LoraWeight> byName = new LinkedHashMap<>();
    for (LoraWeight lora : wish.loras()) {
      String name = choices.lora(lora.name());
      byName.put(name, new LoraWeight(name, lora.weight()));
    }
    return List.copyOf(byName.values());
  }

  private void checkLength(String what, String text) {
    int length = text.codePointCount(0, text.length());
    if (length > operator.maxPromptLength()) {
      throw new Refusal(ReasonCode.PROMPT_TOO_LONG, what, length, operator.maxPromptLength());
    }
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
}
