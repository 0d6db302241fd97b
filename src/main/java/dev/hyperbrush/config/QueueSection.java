package dev.hyperbrush.config;

import dev.hyperbrush.pipeline.YamlSection;
import dev.hyperbrush.queue.QueueSettings;
import java.time.Duration;

/** The section {@code queue} of the settings file. */
final class QueueSection {
  static QueueSettings read(YamlSection yaml) {
    QueueSettings standard = QueueSettings.standard();
    QueueSettings queue =
        new QueueSettings(
            yaml.duration(
                "expireAfter", standard.expireAfter(), Duration.ofMinutes(1), Duration.ofDays(365)),
            yaml.duration("stopWithin", standard.stopWithin(), Duration.ZERO, Duration.ofHours(1)),
            yaml.duration("lease", standard.lease(), Duration.ofSeconds(5), Duration.ofMinutes(30)),
            yaml.duration("poll", standard.poll(), Duration.ofMillis(100), Duration.ofMinutes(1)),
            yaml.duration(
                "modelPatience", standard.modelPatience(), Duration.ZERO, Duration.ofHours(1)));
    yaml.refuseUnknownKeys();
    return queue;
  }

  private QueueSection() {}
}
