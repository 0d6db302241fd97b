package dev.hyperbrush.policy;

import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.scheduler.TimestepSpacing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Models and LoRAs to choose from in tests; nothing of them can be drawn with. */
public final class ExampleModels {
  /** Fast without guidance up to 8 steps, guided from 8 to 30. */
  public static final ModelVariant SMALL =
      model(
          "small",
          List.of(new ImageSize(128, 128), new ImageSize(192, 128), new ImageSize(96, 160)),
          List.of(
              new Recipe(1, 8, 4, 0, 0, 0, "TCD", TimestepSpacing.TRAILING, 0.5, List.of()),
              new Recipe(8, 30, 20, 2, 8, 4, "DDIM", TimestepSpacing.TRAILING, 0, List.of())));

  /** Runs without guidance only. */
  public static final ModelVariant TURBO =
      model(
          "turbo-xl",
          List.of(new ImageSize(512, 512)),
          List.of(new Recipe(1, 4, 1, 0, 0, 0, "Euler a", TimestepSpacing.TRAILING, 0, List.of())));

  public static Choices choices() {
    return new Choices(List.of(SMALL, TURBO), SMALL, List.of("outline", "Pixel Art", "fast:v2"));
  }

  /** As the shorter one; the picture of a model's style is a file in a folder. */
  public static Choices choices(Path styles) {
    return new Choices(
        List.of(SMALL, TURBO),
        SMALL,
        List.of("outline", "Pixel Art", "fast:v2"),
        model -> Optional.of(styles.resolve(model.id() + ".jpg")).filter(Files::isRegularFile));
  }

  private static ModelVariant model(String id, List<ImageSize> sizes, List<Recipe> recipes) {
    return new ModelVariant(
        id,
        "Model " + id,
        ModelSource.of(Path.of(id)),
        sizes,
        32,
        64,
        512 * 512,
        1,
        false,
        recipes);
  }

  private ExampleModels() {}
}
