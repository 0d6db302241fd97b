package dev.hyperbrush.config;

import dev.hyperbrush.checkpoint.FusionSettings;
import dev.hyperbrush.checkpoint.FusionSettings.Precision;
import dev.hyperbrush.pipeline.YamlSection;
import java.util.OptionalLong;

/** The section {@code cache} of the settings file, where 0 leaves the size to the program. */
final class CacheSection {
  static FusionSettings read(YamlSection yaml) {
    int megabytes = yaml.integer("fusedMegabytes", 0, 0, Integer.MAX_VALUE);
    Precision precision = yaml.oneOf("fusedPrecision", Precision.class).orElse(Precision.AUTO);
    yaml.refuseUnknownKeys();
    return new FusionSettings(
        precision, megabytes == 0 ? OptionalLong.empty() : OptionalLong.of(megabytes * 1_000_000L));
  }

  private CacheSection() {}
}
