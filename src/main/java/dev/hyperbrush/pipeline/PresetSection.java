package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.scheduler.Schedulers;
import java.util.Optional;
import java.util.regex.Pattern;

/** One entry under {@code presets} in {@code models.yaml}. Used once, by one thread. */
final class PresetSection {
  /** Such names are also possible for presets that people save. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}");

  private static final int LONGEST = 1000;

  private final YamlSection yaml;

  PresetSection(YamlSection yaml) {
    this.yaml = yaml;
  }

  /** Whether a preset can be called like this. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  CataloguePreset read(String name) {
    CataloguePreset preset =
        new CataloguePreset(
            name,
            yaml.text("title").orElse(""),
            yaml.text("model"),
            yaml.read(
                "steps",
                "a whole number from 1 to " + GenerationRequest.MAX_STEPS,
                text -> steps(Integer.parseInt(text))),
            number("guidance", GenerationRequest.MAX_GUIDANCE),
            yaml.read(
                "scheduler",
                "one of " + String.join(", ", Schedulers.names()),
                Schedulers::canonicalName),
            yaml.read("size", "a size such as 1024x768, in multiples of 8", ModelEntry::size),
            number("eta", 1),
            yaml.list("loras", "names with weights, such as my-style:0.8", ModelEntry::lora),
            yaml.read(
                    "negative",
                    "a text of at most " + LONGEST + " characters",
                    PresetSection::brief)
                .orElse(""));
    yaml.refuseUnknownKeys();
    return preset;
  }

  private Optional<Double> number(String key, double most) {
    return yaml.read(
        key,
        "a number from 0 to %.0f".formatted(most),
        text -> Optional.of(Double.valueOf(text)).filter(n -> n >= 0 && n <= most));
  }

  private static Optional<Integer> steps(int steps) {
    return Optional.of(steps).filter(n -> n >= 1 && n <= GenerationRequest.MAX_STEPS);
  }

  private static Optional<String> brief(String text) {
    return Optional.of(text).filter(words -> words.length() <= LONGEST);
  }
}
