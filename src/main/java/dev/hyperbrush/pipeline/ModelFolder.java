package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ExportedFiles;
import dev.hyperbrush.checkpoint.ExportedFolder;
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
 * What the configuration files of a model in diffusers layout, or in that of its exports, say about
 * how to run it: the defaults for a model that nobody has described. Immutable.
 */
final class ModelFolder {
  private static final int MAX_CHANNELS = 1 << 16;

  private static final int MAX_LEVELS = 8;

  /** Of a VAE: a latent stands for 8 pixels along each side. */
  private static final int USUAL_LEVELS = 4;

  private final Path folder;

  /**
   * What is usual with a family of models.
   *
   * @param side of its native squares
   * @param unetLevels resolutions of its UNet
   * @param guidance of models that are not distilled
   * @param wide other pictures, in parts of the native side
   */
  private record Usual(int side, int unetLevels, double guidance, List<List<Double>> wide) {
    /** With SDXL's training buckets (arXiv 2307.01952). */
    static final Usual SDXL =
        new Usual(
            1024,
            3,
            5,
            List.of(
                List.of(1.125, 0.875),
                List.of(1.1875, 0.8125),
                List.of(1.3125, 0.75),
                List.of(1.5, 0.625)));

    /** It was trained on squares only; this is how far people go. */
    static final Usual SD15 =
        new Usual(512, 4, 7.5, List.of(List.of(1.25, 1.0), List.of(1.5, 1.0)));

    static Usual of(ModelFamily family) {
      return family == ModelFamily.SDXL ? SDXL : SD15;
    }

    /**
     * The native size first.
     *
     * @param multiple what all sides are a multiple of
     */
    List<ImageSize> sizes(int side, int multiple) {
      Stream<ImageSize> wideAndHigh =
          wide.stream()
              .map(parts -> parts.stream().mapToInt(part -> round(part * side, multiple)).toArray())
              .filter(sides -> sides[0] <= ImageSize.MAX && sides[1] >= ImageSize.MIN)
              .flatMap(sides ->
                  Stream.of(new ImageSize(sides[0], sides[1]), new ImageSize(sides[1], sides[0])));
      int square = round(side, multiple);
      return Stream.concat(Stream.of(new ImageSize(square, square)), wideAndHigh)
          .distinct()
          .toList();
    }
  }

  ModelFolder(Path folder) {
    this.folder = folder;
  }

  static boolean looksLikeOne(Path folder) {
    return Files.isRegularFile(folder.resolve("model_index.json")) || ExportedFolder.isOne(folder);
  }

  /**
   * @throws Refusal when a configuration file is missing or makes no sense
   */
  ModelVariant variant(String id) {
    if (ExportedFolder.isOne(folder)) {
      return exported(id, ExportedFolder.open(folder));
    }
    ModelConfig unet = config("unet/config.json");
    Usual usual = unet.has("addition_embed_type") ? Usual.SDXL : Usual.SD15;
    int side = side(usual, unet, levels(config("vae/config.json"), USUAL_LEVELS));
    return variant(
        id, ModelSource.of(folder), usual.sizes(side, ImageSize.MULTIPLE), recipe(usual));
  }

  /** A graph that was traced takes only sides that can be halved at each level of its UNet. */
  private ModelVariant exported(String id, ExportedFiles files) {
    Usual usual = Usual.of(files.family());
    ModelConfig unet = files.unet().config();
    int vaeLevels = levels(files.vaeDecoder().config(), USUAL_LEVELS);
    int multiple = 1 << Math.min(vaeLevels + levels(unet, usual.unetLevels) - 2, MAX_LEVELS);
    List<ImageSize> sizes = usual.sizes(side(usual, unet, vaeLevels), multiple);
    return variant(id, ModelSource.of(folder), sizes, recipe(usual)).withSizeMultiple(multiple);
  }

  private static int side(Usual usual, ModelConfig unet, int vaeLevels) {
    long latents = unet.integer("sample_size", usual.side >> (USUAL_LEVELS - 1), 1, ImageSize.MAX);
    return Math.clamp(latents << Math.min(vaeLevels - 1, MAX_LEVELS), ImageSize.MIN, ImageSize.MAX);
  }

  private static int levels(ModelConfig network, int usual) {
    return network.has("block_out_channels")
        ? network.integers("block_out_channels", 1, MAX_CHANNELS).size()
        : usual;
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
    Usual usual = Usual.of(trained.family);
    return variant(
        id,
        source,
        usual.sizes(trained.side.orElse(usual.side), ImageSize.MULTIPLE),
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

  private static int round(double pixels, int multiple) {
    return (int) Math.max(1, Math.round(pixels / multiple)) * multiple;
  }

  /** Distilled models ship with a few-step scheduler and are run without guidance. */
  private Recipe recipe(Usual usual) {
    ModelConfig config = config("scheduler/scheduler_config.json");
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
