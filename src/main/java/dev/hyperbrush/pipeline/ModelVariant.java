package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.scheduler.PredictionType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A model that people can choose: where its files are, and how it is run.
 *
 * <p>Immutable.
 *
 * @param id what people type
 * @param title what people read
 * @param source where its files are
 * @param sizes it was trained at, the native one first
 * @param sizeMultiple what both sides must be a multiple of
 * @param minSide smallest side in pixels
 * @param maxPixels largest picture
 * @param enlarge finished pictures are enlarged by this factor for showing; 1 for none
 * @param livePreview whether decoding a preview at every step is cheap
 * @param recipes first match wins; the first is the default
 * @param predictionType what the UNet predicts, where that is not what the model's files say
 */
public record ModelVariant(
    String id,
    String title,
    ModelSource source,
    List<ImageSize> sizes,
    int sizeMultiple,
    int minSide,
    long maxPixels,
    int enlarge,
    boolean livePreview,
    List<Recipe> recipes,
    Optional<PredictionType> predictionType) {
  public ModelVariant {
    if (sizes.isEmpty() || recipes.isEmpty()) {
      throw new IllegalArgumentException("model " + id + " needs at least one size and one recipe");
    }
    sizes = List.copyOf(sizes);
    recipes = List.copyOf(recipes);
  }

  /** One that predicts what its files say. */
  public ModelVariant(
      String id,
      String title,
      ModelSource source,
      List<ImageSize> sizes,
      int sizeMultiple,
      int minSide,
      long maxPixels,
      int enlarge,
      boolean livePreview,
      List<Recipe> recipes) {
    this(
        id,
        title,
        source,
        sizes,
        sizeMultiple,
        minSide,
        maxPixels,
        enlarge,
        livePreview,
        recipes,
        Optional.empty());
  }

  /** The same, under this title. */
  ModelVariant withTitle(String other) {
    return new ModelVariant(
        id,
        other,
        source,
        sizes,
        sizeMultiple,
        minSide,
        maxPixels,
        enlarge,
        livePreview,
        recipes,
        predictionType);
  }

  /** The same with files elsewhere. */
  ModelVariant withSource(ModelSource other) {
    return new ModelVariant(
        id,
        title,
        other,
        sizes,
        sizeMultiple,
        minSide,
        maxPixels,
        enlarge,
        livePreview,
        recipes,
        predictionType);
  }

  /** The same, whose pictures have sides that this divides. */
  ModelVariant withSizeMultiple(int other) {
    return new ModelVariant(
        id,
        title,
        source,
        sizes,
        other,
        minSide,
        maxPixels,
        enlarge,
        livePreview,
        recipes,
        predictionType);
  }

  public ImageSize nativeSize() {
    return sizes.getFirst();
  }

  /**
   * The recipe that serves this many steps, with or without guidance; the closest where none does.
   */
  public Recipe recipeFor(int steps, double guidanceScale) {
    boolean guided = guidanceScale > 1;
    return first(recipe -> recipe.covers(steps) && recipe.guided() == guided)
        .or(() -> first(recipe -> recipe.guided() == guided))
        .or(() -> first(recipe -> recipe.covers(steps)))
        .orElse(recipes.getFirst());
  }

  private Optional<Recipe> first(Predicate<Recipe> fits) {
    return recipes.stream().filter(fits).findFirst();
  }
}
