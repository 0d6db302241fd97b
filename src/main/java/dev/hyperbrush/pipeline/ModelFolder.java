package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ModelConfig;
import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.scheduler.TimestepSpacing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the configuration files of a model in diffusers layout say about how to run it: the defaults
 * for a model that nobody has described. Immutable.
 */
final class ModelFolder {
  private static final int MAX_CHANNELS = 1 << 16;

  private final Path folder;

  /**
   * What is usual with a family of models.
   *
   * @param side of its native squares
   * @param guidance of models that are not distilled
   * @param wide other pictures, in parts of the native side
   */
  private record Usual(int side, double guidance, List<List<Double>> wide) {
    /** With SDXL's training buckets (arXiv 2307.01952). */
    static final Usual SDXL =
        new Usual(
            1024,
            5,
            List.of(
                List.of(1.125, 0.875),
                List.of(1.1875, 0.8125),
                List.of(1.3125, 0.75),
                List.of(1.5, 0.625)));

    /** It was trained on squares only; this is how far people go. */
    static final Usual SD15 = new Usual(512, 7.5, List.of(List.of(1.25, 1.0), List.of(1.5, 1.0)));

    List<ImageSize> sizes(int side) {
      Stream<ImageSize> wideAndHigh =
          wide.stream()
              .map(parts -> parts.stream().mapToInt(part -> multiple(part * side)).toArray())
              .filter(sides -> sides[0] <= ImageSize.MAX && sides[1] >= ImageSize.MIN)
              .flatMap(sides ->
                  Stream.of(new ImageSize(sides[0], sides[1]), new ImageSize(sides[1], sides[0])));
      return Stream.concat(Stream.of(new ImageSize(multiple(side), multiple(side))), wideAndHigh)
          .toList();
    }
  }

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
    ModelConfig unet = config("unet/config.json");
    int latentSide = unet.integer("sample_size", 1, ImageSize.MAX);
    int side =
        Math.clamp((long) latentSide << Math.min(levels - 1, 8), ImageSize.MIN, ImageSize.MAX);
    Usual usual = unet.has("addition_embed_type") ? Usual.SDXL : Usual.SD15;
    return variant(
        id,
        ModelSource.of(folder),
        usual.sizes(side),
        recipe(config("scheduler/scheduler_config.json"), usual));
  }

  /** A model of SDXL's size that nobody has looked into, or that is not there yet. */
  static ModelVariant unread(String id, ModelSource source) {
    return trained(
        id, source, new Trained(ModelFamily.SDXL, Optional.empty(), TimestepSpacing.LEADING));
  }

  /**
   * What a model without configuration files was trained on.
   *
   * @param side of its pictures, where that is another than the family's
   * @param spacing of the timesteps that suit it
   */
  record Trained(ModelFamily family, Optional<Integer> side, TimestepSpacing spacing) {}

  /** A model without configuration files, run as is usual with its family. */
  static ModelVariant trained(String id, ModelSource source, Trained trained) {
    Usual usual = trained.family == ModelFamily.SDXL ? Usual.SDXL : Usual.SD15;
    return variant(
        id,
        source,
        usual.sizes(trained.side.orElse(usual.side)),
        guided("Euler", trained.spacing, usual.guidance));
  }

  private static ModelVariant variant(
      String id, ModelSource source, List<ImageSize> sizes, Recipe recipe) {
    int side = sizes.getFirst().width();
    return new ModelVariant(
        id,
        id,
        source,
        sizes,
        ImageSize.MULTIPLE,
        Math.max(ImageSize.MIN, side / 2),
        (long) side * side * 3 / 2,
        1,
        false,
        List.of(recipe));
  }

  private static int multiple(double pixels) {
    return (int) Math.round(pixels / ImageSize.MULTIPLE) * ImageSize.MULTIPLE;
  }

  /** Distilled models ship with a few-step scheduler and are run without guidance. */
  private static Recipe recipe(ModelConfig config, Usual usual) {
    TimestepSpacing spacing =
        SchedulerConfig.of(config.json(), config.file().toString()).timestepSpacing();
    boolean trailing = spacing == TimestepSpacing.TRAILING;
    return switch (config.text("_class_name", "")) {
      case "LCMScheduler" -> fewSteps("LCM", spacing);
      case "TCDScheduler" -> fewSteps("TCD", spacing);
      case "EulerAncestralDiscreteScheduler" ->
          trailing ? fewSteps("Euler a", spacing) : guided("Euler a", spacing, usual.guidance);
      case "DDIMScheduler" -> guided("DDIM", spacing, usual.guidance);
      default -> guided("Euler", spacing, usual.guidance);
    };
  }

  private static Recipe fewSteps(String scheduler, TimestepSpacing spacing) {
    return new Recipe(1, 8, 4, 0, 0, 0, scheduler, spacing, 0, List.of());
  }

  private static Recipe guided(String scheduler, TimestepSpacing spacing, double guidance) {
    return new Recipe(1, 150, 30, 0, 20, guidance, scheduler, spacing, 0, List.of());
  }

  private ModelConfig config(String name) {
    return ModelConfig.read(folder.resolve(name));
  }
}
