package dev.hyperbrush.app;

import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.install.Bytes;
import dev.hyperbrush.pipeline.CatalogueFile;
import dev.hyperbrush.pipeline.CatalogueFile.Part;
import dev.hyperbrush.pipeline.CataloguePreset;
import dev.hyperbrush.pipeline.Licence;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Models, files and recipes as lines of a terminal, of at most 100 columns. */
final class ModelText {
  /** For example {@code 1-8 steps} or {@code 2, 4, 8 steps}. */
  static String steps(ModelVariant model) {
    List<Recipe> sorted =
        model.recipes().stream().sorted(Comparator.comparingInt(Recipe::minSteps)).toList();
    List<String> ranges = new ArrayList<>();
    int from = sorted.getFirst().minSteps();
    int to = sorted.getFirst().maxSteps();
    for (Recipe recipe : sorted) {
      boolean adjoins = recipe.minSteps() == to + 1 && recipe.maxSteps() > recipe.minSteps();
      if (recipe.minSteps() > to && !adjoins) {
        ranges.add(range(from, to));
        from = recipe.minSteps();
      }
      to = Math.max(to, recipe.maxSteps());
    }
    ranges.add(range(from, to));
    String all = String.join(", ", ranges);
    return all + (all.equals("1") ? " step" : " steps");
  }

  private static String range(int from, int to) {
    return from == to ? "" + from : from + "-" + to;
  }

  private static String range(Recipe recipe) {
    return range(recipe.minSteps(), recipe.maxSteps());
  }

  /** All that a recipe says. */
  static String recipe(Recipe recipe) {
    StringBuilder text = new StringBuilder("steps " + range(recipe));
    if (recipe.minSteps() < recipe.maxSteps()) {
      text.append(" (usually ").append(recipe.defaultSteps()).append(')');
    }
    text.append(", ").append(recipe.scheduler());
    text.append(
        recipe.guided()
            ? ", guidance %s (%s-%s)"
                .formatted(
                    plain(recipe.defaultGuidance()),
                    plain(recipe.minGuidance()),
                    plain(recipe.maxGuidance()))
            : ", no guidance");
    text.append(recipe.eta() > 0 ? ", eta " + plain(recipe.eta()) : "");
    text.append(
        recipe.timesteps().isEmpty()
            ? ", " + recipe.timestepSpacing().name().toLowerCase(Locale.ROOT) + " timesteps"
            : ", timesteps " + recipe.timesteps());
    text.append(recipe.loras().isEmpty() ? "" : ", LoRA " + loras(recipe.loras()));
    return text + (recipe.notes().isEmpty() ? "" : "\n    " + recipe.notes());
  }

  /** What it is asked for by, what people read, and all that it says. */
  static String preset(CataloguePreset preset) {
    List<String> values = new ArrayList<>();
    preset.steps().ifPresent(steps -> values.add("steps " + steps));
    preset.scheduler().ifPresent(values::add);
    preset.guidance().ifPresent(guidance -> values.add("guidance " + plain(guidance)));
    preset.eta().ifPresent(eta -> values.add("eta " + plain(eta)));
    preset.size().ifPresent(size -> values.add(size.toString()));
    if (!preset.loras().isEmpty()) {
      values.add("LoRA " + loras(preset.loras()));
    }
    if (!preset.negative().isEmpty()) {
      values.add("without " + preset.negative());
    }
    String said = String.join(", ", values);
    String title = preset.title().isEmpty() ? "" : "  " + preset.title();
    return "--preset " + preset.name() + title + "\n    " + said;
  }

  private static String loras(List<LoraWeight> loras) {
    return loras.stream()
        .map(lora -> lora.weight() == 1 ? lora.name() : lora.name() + ":" + plain(lora.weight()))
        .collect(Collectors.joining(", "));
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /** For example {@code about 7.73 GB}. */
  static String size(List<Part> parts) {
    long bytes = parts.stream().mapToLong(Part::expectedBytes).sum();
    if (bytes == 0 && !parts.isEmpty()) {
      return "size unknown";
    }
    boolean exact = parts.stream().allMatch(part -> part.bytes().isPresent());
    return (exact ? "" : "about ") + Bytes.shown(bytes);
  }

  static List<Part> parts(Collection<CatalogueFile> files) {
    return files.stream().flatMap(file -> file.parts().stream()).toList();
  }

  /** Name, mark and address on one line, what it says in short on the next. */
  static String licence(Licence licence) {
    return licence.name()
        + (licence.nonCommercial() ? " (NOT for commercial use)" : "")
        + "  "
        + licence.url()
        + (licence.summary().isEmpty() ? "" : "\n    " + licence.summary());
  }

  private ModelText() {}
}
