package dev.hyperbrush.config;

import dev.hyperbrush.pipeline.StyleSettings;
import dev.hyperbrush.pipeline.YamlSection;
import java.time.Duration;
import java.util.Optional;

/** The section {@code models} of the settings file. */
final class ModelsSection {
  static StyleSettings read(YamlSection yaml) {
    StyleSettings standard = StyleSettings.standard();
    StyleSettings styles =
        new StyleSettings(
            yaml.flag("styles", standard.drawn()),
            yaml.read(
                    "stylePrompt",
                    "some words, at most " + StyleSettings.LONGEST_PROMPT + " characters",
                    text ->
                        Optional.of(text)
                            .filter(words -> !words.isBlank())
                            .filter(words -> words.length() <= StyleSettings.LONGEST_PROMPT))
                .orElse(standard.prompt()),
            yaml.duration("styleAfter", standard.after(), Duration.ZERO, Duration.ofDays(7)));
    yaml.refuseUnknownKeys();
    return styles;
  }

  private ModelsSection() {}
}
