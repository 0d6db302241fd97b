package dev.hyperbrush.policy;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * Which recipe of a model serves the steps and the guidance asked for. Immutable.
 *
 * <p>Guidance decides before steps: people who name a guidance want negative prompts to work, and a
 * few steps more or less cost them nothing but time. So {@code --guidance 4} alone takes the guided
 * recipe with its usual steps, {@code --steps 20} alone the recipe that covers 20, and where no
 * recipe has both, the steps move.
 *
 * <p>What the command names decides before any default. A default counts where it fits the recipe
 * that the command asks for, and moves without a word where it does not.
 */
record RecipeChoice(Recipe recipe, int steps, double guidanceScale) {
  /** Above this there are two passes; 0 and 1 both mean none. */
  private static final double UNGUIDED = 1;

  /**
   * Steps and guidance that somebody asked for or has set.
   *
   * @param mostSteps the limit that holds
   */
  record Run(Optional<Found<Long>> steps, Optional<Found<Double>> guidance, Found<Long> mostSteps) {
    Optional<Long> askedSteps() {
      return steps.filter(Found::asked).map(Found::value);
    }

    Optional<Double> askedGuidance() {
      return guidance.filter(Found::asked).map(Found::value);
    }

    boolean nothingAsked() {
      return askedSteps().isEmpty() && askedGuidance().isEmpty();
    }

    long most() {
      return mostSteps.value();
    }
  }

  static RecipeChoice of(Run run, ModelVariant model, Notices notices) {
    Recipe recipe = recipe(run, affordable(model, run.most()));
    return new RecipeChoice(
        recipe, steps(run, recipe, notices), guidanceScale(run, recipe, notices));
  }

  /** Recipes that the limit leaves usable; all of them where it leaves none. */
  private static List<Recipe> affordable(ModelVariant model, long mostSteps) {
    List<Recipe> recipes =
        model.recipes().stream().filter(recipe -> recipe.minSteps() <= mostSteps).toList();
    return recipes.isEmpty() ? model.recipes() : recipes;
  }

  private static Recipe recipe(Run run, List<Recipe> recipes) {
    Optional<Double> usualGuidance = run.guidance().map(Found::value);
    Optional<Double> guidance = run.nothingAsked() ? usualGuidance : run.askedGuidance();
    List<Recipe> same =
        recipes.stream()
            .filter(recipe -> guidance.map(g -> suits(g, recipe)).orElse(true))
            .toList();
    List<Recipe> fitting = same.isEmpty() ? recipes : same;
    Optional<Long> steps = run.askedSteps().or(() -> run.steps().map(Found::value));
    if (steps.isEmpty()) {
      return fitting.getFirst();
    }
    // A default that no fitting recipe covers does not choose one of them.
    boolean chooses = run.nothingAsked() || run.askedSteps().isPresent();
    long wanted = steps.get();
    return fitting.stream()
        .filter(recipe -> chooses || wanted == clamp(wanted, recipe))
        .min(
            comparingLong((Recipe recipe) -> Math.abs(clamp(wanted, recipe) - wanted))
                .thenComparing(
                    comparing(recipe -> usualGuidance.map(g -> !suits(g, recipe)).orElse(false))))
        .orElseGet(fitting::getFirst);
  }

  private static boolean suits(double guidance, Recipe recipe) {
    return recipe.guided() == guidance > UNGUIDED;
  }

  private static int steps(Run run, Recipe recipe, Notices notices) {
    boolean asked = run.askedSteps().isPresent();
    long wanted =
        run.steps()
            .map(Found::value)
            .filter(value -> asked || run.nothingAsked() || recipe.covers(Math.toIntExact(value)))
            .orElse((long) recipe.defaultSteps());
    int possible = clamp(wanted, recipe);
    int steps = Math.toIntExact(Math.min(possible, run.most()));
    if (asked && steps < possible) {
      notices.limited("steps", wanted, steps, run.mostSteps());
    } else if (asked && steps != wanted) {
      notices.add(
          ReasonCode.STEPS_CHANGED,
          wanted,
          steps,
          recipe.minSteps(),
          Math.min(recipe.maxSteps(), run.most()));
    }
    return steps;
  }

  private static double guidanceScale(Run run, Recipe recipe, Notices notices) {
    boolean asked = run.askedGuidance().isPresent();
    double wanted =
        run.guidance()
            .map(Found::value)
            .filter(value -> asked || suits(value, recipe))
            .orElse(recipe.defaultGuidance());
    double guidance = Math.clamp(wanted, recipe.minGuidance(), recipe.maxGuidance());
    boolean bothMeanNone = wanted <= UNGUIDED && guidance <= UNGUIDED;
    if (asked && guidance != wanted && !bothMeanNone) {
      notices.add(
          ReasonCode.GUIDANCE_CHANGED,
          Shown.number(wanted),
          Shown.number(guidance),
          Shown.number(recipe.minGuidance()),
          Shown.number(recipe.maxGuidance()));
    }
    return guidance;
  }

  private static int clamp(long steps, Recipe recipe) {
    return Math.clamp(steps, recipe.minSteps(), recipe.maxSteps());
  }
}
