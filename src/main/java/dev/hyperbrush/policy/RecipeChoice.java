package dev.hyperbrush.policy;

import static java.util.Comparator.comparingInt;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which recipe of a model serves the steps and the guidance asked for. Immutable.
 *
 * <p>Guidance decides before steps: people who name a guidance want negative prompts to work, and a
 * few steps more or less cost them nothing but time. So {@code --guidance 4} alone takes the guided
 * recipe with its usual steps, {@code --steps 20} alone the recipe that covers 20, and where no
 * recipe has both, the steps move.
 */
record RecipeChoice(Recipe recipe, int steps, double guidanceScale) {
  /** Above this there are two passes; 0 and 1 both mean none. */
  private static final double UNGUIDED = 1;

  static RecipeChoice of(Wish wish, ModelVariant model, int mostSteps, List<Phrase> notices) {
    Recipe recipe = recipe(wish, affordable(model, mostSteps));
    return new RecipeChoice(
        recipe,
        steps(wish.steps(), recipe, mostSteps, notices),
        guidanceScale(wish.guidanceScale(), recipe, notices));
  }

  /** Recipes that the operator's limit leaves usable; all of them where it leaves none. */
  private static List<Recipe> affordable(ModelVariant model, int mostSteps) {
    List<Recipe> recipes =
        model.recipes().stream().filter(recipe -> recipe.minSteps() <= mostSteps).toList();
    return recipes.isEmpty() ? model.recipes() : recipes;
  }

  private static Recipe recipe(Wish wish, List<Recipe> recipes) {
    List<Recipe> fitting = recipes;
    if (wish.guidanceScale().isPresent()) {
      boolean guided = wish.guidanceScale().getAsDouble() > UNGUIDED;
      List<Recipe> same = recipes.stream().filter(recipe -> recipe.guided() == guided).toList();
      fitting = same.isEmpty() ? recipes : same;
    }
    if (wish.steps().isEmpty()) {
      return fitting.getFirst();
    }
    int steps = wish.steps().getAsInt();
    return fitting.stream()
        .min(comparingInt(recipe -> Math.abs(clamp(steps, recipe) - steps)))
        .orElseThrow();
  }

  private static int steps(OptionalInt asked, Recipe recipe, int mostSteps, List<Phrase> notices) {
    int wanted = asked.orElse(recipe.defaultSteps());
    int steps = Math.min(clamp(wanted, recipe), mostSteps);
    if (asked.isPresent() && steps != wanted) {
      notices.add(
          Phrase.of(
              ReasonCode.STEPS_CHANGED,
              wanted,
              steps,
              recipe.minSteps(),
              Math.min(recipe.maxSteps(), mostSteps)));
    }
    return steps;
  }

  private static double guidanceScale(OptionalDouble asked, Recipe recipe, List<Phrase> notices) {
    double wanted = asked.orElse(recipe.defaultGuidance());
    double guidance = Math.clamp(wanted, recipe.minGuidance(), recipe.maxGuidance());
    boolean bothMeanNone = wanted <= UNGUIDED && guidance <= UNGUIDED;
    if (asked.isPresent() && guidance != wanted && !bothMeanNone) {
      notices.add(
          Phrase.of(
              ReasonCode.GUIDANCE_CHANGED,
              Shown.number(wanted),
              Shown.number(guidance),
              Shown.number(recipe.minGuidance()),
              Shown.number(recipe.maxGuidance())));
    }
    return guidance;
  }

  private static int clamp(int steps, Recipe recipe) {
    return Math.clamp(steps, recipe.minSteps(), recipe.maxSteps());
  }
}
