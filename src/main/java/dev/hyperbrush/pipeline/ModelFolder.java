package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ModelConfig;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.scheduler.TimestepSpacing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the configuration files of a model in diffusers layout say about how to run it: the defaults
 * for a model that nobody has described. Immutable.
 */
final class ModelFolder {
  private static final int MAX_CHANNELS = 1 << 16;
  private static final int SDXL_SIDE = 1024;

  /** Sides of SDXL's wide training buckets, in parts of the native side (arXiv 2307.01952). */
  private static final double[][] WIDE = {
    {1.125, 0.875}, {1.1875, 0.8125}, {1.3125, 0.75}, {1.5, 0.625}
  };

  private final Path folder;

  ModelFolder(Path folder) {
    this.folder = folder;
  }

  static boolean looksLikeOne(Path folder) {
    return Files.isRegularFile(folder.resolve("model_index.json"));
  }

  /**
   * @throws Refusal when a configuration file is missing or makes no sense
   */
  ModelVariant variant(String id) {
    int levels = config("vae/config.json").integers("block_out_channels", 1, MAX_CHANNELS).size();
    int latentSide = config("unet/config.json").integer("sample_size", 1, ImageSize.MAX);
    int side =
        Math.clamp((long) latentSide << Math.min(levels - 1, 8), ImageSize.MIN, ImageSize.MAX);
    return variant(
        id, ModelSource.of(folder), side, recipe(config("scheduler/scheduler_config.json")));
  }

  /** A model of SDXL's size that nobody has looked into, or that is not there yet. */
  static ModelVariant unread(String id, ModelSource source) {
    return variant(id, source, SDXL_SIDE, guided("Euler", TimestepSpacing.LEADING));
  }

  private static ModelVariant variant(String id, ModelSource source, int side, Recipe recipe) {
    return new ModelVariant(
        id,
        id,
        source,
        sizes(side),
        ImageSize.MULTIPLE,
        Math.max(ImageSize.MIN, side / 2),
        (long) side * side * 3 / 2,
        1,
        false,
        List.of(recipe));
  }

  private static List<ImageSize> sizes(int side) {
    Stream<ImageSize> wideAndHigh =
        Stream.of(WIDE)
            .map(parts -> IntStream.range(0, 2).map(i -> multiple(parts[i] * side)).toArray())
            .filter(sides -> sides[0] <= ImageSize.MAX && sides[1] >= ImageSize.MIN)
            .flatMap(sides ->
                Stream.of(new ImageSize(sides[0], sides[1]), new ImageSize(sides[1], sides[0])));
    return Stream.concat(Stream.of(new ImageSize(multiple(side), multiple(side))), wideAndHigh)
        .toList();
  }

  private static int multiple(double pixels) {
    return (int) Math.round(pixels / ImageSize.MULTIPLE) * ImageSize.MULTIPLE;
  }

  /** Distilled models ship with a few-step scheduler and are run without guidance. */
  private static Recipe recipe(ModelConfig config) {
    TimestepSpacing spacing =
        SchedulerConfig.of(config.json(), config.file().toString()).timestepSpacing();
    boolean trailing = spacing == TimestepSpacing.TRAILING;
    return switch (config.text("_class_name", "")) {
      case "LCMScheduler" -> fewSteps("LCM", spacing);
      case "TCDScheduler" -> fewSteps("TCD", spacing);
      case "EulerAncestralDiscreteScheduler" ->
          trailing ? fewSteps("Euler a", spacing) : guided("Euler a", spacing);
      case "DDIMScheduler" -> guided("DDIM", spacing);
      default -> guided("Euler", spacing);
    };
  }

  private static Recipe fewSteps(String scheduler, TimestepSpacing spacing) {
    return new Recipe(1, 8, 4, 0, 0, 0, scheduler, spacing, 0, List.of());
  }

  private static Recipe guided(String scheduler, TimestepSpacing spacing) {
    return new Recipe(1, 150, 30, 0, 20, 5, scheduler, spacing, 0, List.of());
  }

  private ModelConfig config(String name) {
    return ModelConfig.read(folder.resolve(name));
  }
}
