package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.scheduler.PredictionType;
import dev.hyperbrush.scheduler.Schedulers;
import dev.hyperbrush.scheduler.TimestepSpacing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model's entry in {@code models.yaml}: what it leaves out stays as the model's folder says. */
final class ModelEntry {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[x×](\\d{1,5})");
  private static final Pattern RANGE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(?:\\s*-\\s*(\\d+(?:\\.\\d+)?))?");

  private record Range(double min, double max) {}

  private final String id;
  private final YamlSection yaml;

  ModelEntry(String id, YamlSection yaml) {
    this.id = id;
    this.yaml = yaml;
  }

  /**
   * Where its files are: what it says, or else what an earlier entry of the same name has said, or
   * else under its own name in the folder of all models.
   */
  ModelSource source(Path data, Optional<ModelSource> earlier) {
    Path models = data.resolve("models");
    Optional<Path> main =
        path("file", data)
            .or(() -> path("folder", models))
            .or(() -> earlier.map(ModelSource::main));
    return new ModelSource(
        main.orElseGet(() -> models.resolve(id)),
        path("unet", data).or(() -> earlier.flatMap(ModelSource::unet)),
        path("vae", data).or(() -> earlier.flatMap(ModelSource::vae)),
        path("config", data).or(() -> earlier.flatMap(ModelSource::config)),
        path("taesd", data).or(() -> earlier.flatMap(ModelSource::taesd)));
  }

  private Optional<Path> path(String key, Path base) {
    return yaml.read(key, "a path", text -> Optional.of(base.resolve(text)));
  }

  /** The files that it is made of, or else those of an earlier entry of the same name. */
  List<CatalogueFile> needs(Map<String, CatalogueFile> files, List<CatalogueFile> earlier) {
    return orElse(
        yaml.list(
            "needs",
            "one of the entries under files: " + String.join(", ", files.keySet()),
            name -> Optional.ofNullable(files.get(name))),
        earlier);
  }

  String notes(String earlier) {
    return yaml.text("notes").orElse(earlier);
  }

  /** Call after the other reads: what nobody has read by then is refused. */
  ModelVariant over(ModelVariant plain, ModelSource source) {
    ModelVariant changed =
        new ModelVariant(
            id,
            yaml.text("title").orElse(plain.title()),
            source,
            orElse(sizes(), plain.sizes()),
            yaml.read("sizeMultiple", "a multiple of 8, at most 512", ModelEntry::multiple)
                .orElse(plain.sizeMultiple()),
            yaml.integer("minSide", plain.minSide(), ImageSize.MIN, ImageSize.MAX),
            yaml.integer(
                "maxPixels",
                (int) plain.maxPixels(),
                ImageSize.MIN * ImageSize.MIN,
                ImageSize.MAX * ImageSize.MAX),
            yaml.integer("enlarge", plain.enlarge(), 1, 4),
            yaml.flag("livePreview", plain.livePreview()),
            orElse(
                yaml.sections("recipes").stream().map(ModelEntry::recipe).toList(),
                plain.recipes()),
            yaml.oneOf("predictionType", PredictionType.class).or(plain::predictionType));
    yaml.refuseUnknownKeys();
    return changed;
  }

  private static Optional<Integer> multiple(String text) {
    return Optional.of(Integer.valueOf(text))
        .filter(n -> n % ImageSize.MULTIPLE == 0 && n >= ImageSize.MULTIPLE && n <= 512);
  }

  private static <T> List<T> orElse(List<T> written, List<T> plain) {
    return written.isEmpty() ? plain : written;
  }

  private List<ImageSize> sizes() {
    return yaml.list("sizes", "sizes such as 1024x768, in multiples of 8", ModelEntry::size);
  }

  private static Recipe recipe(YamlSection yaml) {
    Range steps =
        range(yaml, "steps", 1, GenerationRequest.MAX_STEPS)
            .filter(range -> range.min() == Math.rint(range.min()))
            .filter(range -> range.max() == Math.rint(range.max()))
            .orElseThrow(() -> yaml.missing("steps", "a step count or a range such as 2-8"));
    int minSteps = (int) steps.min();
    int maxSteps = (int) steps.max();
    Range guidance =
        range(yaml, "guidance", 0, GenerationRequest.MAX_GUIDANCE).orElse(new Range(0, 0));
    Recipe recipe =
        new Recipe(
            minSteps,
            maxSteps,
            yaml.integer("defaultSteps", maxSteps, minSteps, maxSteps),
            guidance.min(),
            guidance.max(),
            yaml.number("defaultGuidance", guidance.min(), guidance.min(), guidance.max()),
            yaml.read(
                    "scheduler",
                    "one of " + String.join(", ", Schedulers.names()),
                    Schedulers::canonicalName)
                .orElse("Euler"),
            yaml.oneOf("timestepSpacing", TimestepSpacing.class).orElse(TimestepSpacing.LEADING),
            yaml.number("eta", 0, 0, 1),
            yaml.list("loras", "names with weights, such as my-style:0.8", ModelEntry::lora),
            timesteps(yaml, maxSteps),
            yaml.text("notes").orElse(""));
    yaml.refuseUnknownKeys();
    return recipe;
  }

  /** Of a recipe for that many steps. */
  private static List<Integer> timesteps(YamlSection yaml, int steps) {
    String accepted = "timesteps from 999 to 0, each smaller than the one before";
    List<Integer> timesteps = yaml.list("timesteps", accepted, ModelEntry::timestep);
    for (int i = 1; i < timesteps.size(); i++) {
      if (timesteps.get(i) >= timesteps.get(i - 1)) {
        throw yaml.wrongKey("timesteps", accepted);
      }
    }
    if (!timesteps.isEmpty() && timesteps.size() != steps) {
      throw yaml.wrongKey("timesteps", "as many as the steps of the recipe, " + steps);
    }
    return timesteps;
  }

  private static Optional<Integer> timestep(String text) {
    return Optional.of(Integer.valueOf(text)).filter(t -> t >= 0 && t < 1000);
  }

  private static Optional<Range> range(YamlSection yaml, String key, double min, double max) {
    return yaml.read(
        key,
        "a number from %.0f to %.0f, or a range of them such as 2-8".formatted(min, max),
        text -> range(text).filter(range -> range.min() >= min && range.max() <= max));
  }

  private static Optional<Range> range(String text) {
    Matcher numbers = RANGE.matcher(text);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    double min = Double.parseDouble(numbers.group(1));
    double max = numbers.group(2) == null ? min : Double.parseDouble(numbers.group(2));
    return min <= max ? Optional.of(new Range(min, max)) : Optional.empty();
  }

  static Optional<ImageSize> size(String text) {
    Matcher sides = SIZE.matcher(text);
    return sides.matches()
        ? Optional.of(
            new ImageSize(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2))))
        : Optional.empty();
  }

  static Optional<LoraWeight> lora(String text) {
    int colon = text.lastIndexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    double weight = colon < 0 ? 1 : Double.parseDouble(text.substring(colon + 1));
    return Optional.of(new LoraWeight(name, weight));
  }
}
