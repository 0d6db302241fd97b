package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.scheduler.TimestepSpacing;
import java.util.List;

/**
 * How a model is run within a range of step counts, as its makers recommend.
 *
 * @param minSteps smallest step count of this recipe
 * @param maxSteps largest step count of this recipe
 * @param defaultSteps when a person names none
 * @param minGuidance smallest guidance that works; a recipe with 0 to 0 runs without
 * @param maxGuidance largest guidance that works
 * @param defaultGuidance when a person names none
 * @param scheduler a name from the scheduler registry
 * @param timestepSpacing which timesteps a run visits
 * @param eta for schedulers that have it
 * @param loras fused for this recipe
 * @param timesteps that a run visits; empty where the scheduler chooses them
 * @param notes a word to people who choose it; may be empty
 */
public record Recipe(
    int minSteps,
    int maxSteps,
    int defaultSteps,
    double minGuidance,
    double maxGuidance,
    double defaultGuidance,
    String scheduler,
    TimestepSpacing timestepSpacing,
    double eta,
    List<LoraWeight> loras,
    List<Integer> timesteps,
    String notes) {
  public Recipe {
    loras = List.copyOf(loras);
    timesteps = List.copyOf(timesteps);
  }

  /** One whose timesteps the scheduler chooses. */
  public Recipe(
      int minSteps,
      int maxSteps,
      int defaultSteps,
      double minGuidance,
      double maxGuidance,
      double defaultGuidance,
      String scheduler,
      TimestepSpacing timestepSpacing,
      double eta,
      List<LoraWeight> loras) {
    this(
        minSteps,
        maxSteps,
        defaultSteps,
        minGuidance,
        maxGuidance,
        defaultGuidance,
        scheduler,
        timestepSpacing,
        eta,
        loras,
        List.of(),
        "");
  }

  /** Whether this recipe runs with classifier-free guidance, so that negative prompts work. */
  public boolean guided() {
    return maxGuidance > 1;
  }

  public boolean covers(int steps) {
    return steps >= minSteps && steps <= maxSteps;
  }
}
