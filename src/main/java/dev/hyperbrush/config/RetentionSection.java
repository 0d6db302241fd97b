package dev.hyperbrush.config;

import dev.hyperbrush.pipeline.YamlSection;
import dev.hyperbrush.queue.RetentionSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The section {@code retention} of the settings file, where 0 means no limit. */
final class RetentionSection {
  private static final int MOST_MEGABYTES = Integer.MAX_VALUE;

  static RetentionSettings read(YamlSection yaml) {
    Duration keepFor =
        yaml.duration("keepFor", Duration.ZERO, Duration.ZERO, Duration.ofDays(36_500));
    int megabytes = yaml.integer("maxMegabytes", 0, 0, MOST_MEGABYTES);
    yaml.refuseUnknownKeys();
    return new RetentionSettings(
        Optional.of(keepFor).filter(Duration::isPositive),
        megabytes == 0 ? OptionalLong.empty() : OptionalLong.of((long) megabytes << 20));
  }

  private RetentionSection() {}
}
