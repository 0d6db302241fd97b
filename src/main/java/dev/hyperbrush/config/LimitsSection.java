package dev.hyperbrush.config;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.pipeline.YamlSection;
import dev.hyperbrush.policy.Allowances;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.policy.QueueLimits;
import dev.hyperbrush.policy.QuotaDay;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/** The section {@code limits} of the settings file. */
final class LimitsSection {
  static OperatorSettings read(YamlSection yaml, Optional<String> model) {
    OperatorSettings standard = OperatorSettings.standard();
    OperatorSettings limits =
        new OperatorSettings(
            model,
            yaml.integer(
                "maxPixels",
                Math.toIntExact(standard.maxPixels()),
                ImageSize.MIN * ImageSize.MIN,
                ImageSize.MAX * ImageSize.MAX),
            yaml.integer("maxSteps", standard.maxSteps(), 1, GenerationRequest.MAX_STEPS),
            yaml.integer("maxCount", standard.maxCount(), 1, GenerationRequest.MAX_COUNT),
            yaml.integer("maxPromptLength", standard.maxPromptLength(), 1, 100_000),
            allowances(yaml, standard.allowances()),
            queueLimits(yaml, standard.queueLimits()),
            quotaDay(yaml, standard.quotaDay()));
    yaml.refuseUnknownKeys();
    return limits;
  }

  private static Allowances allowances(YamlSection yaml, Allowances standard) {
    return new Allowances(
        standard.weight(),
        yaml.integer("maxWaiting", standard.maxWaiting(), 1, Allowances.MOST_WAITING),
        dailyWork(yaml),
        yaml.integer("burst", standard.burst(), 1, Allowances.MOST_BURST),
        yaml.duration(
            "refill", standard.refill(), Allowances.SHORTEST_REFILL, Allowances.LONGEST_REFILL));
  }

  private static OptionalLong dailyWork(YamlSection yaml) {
    long least = Allowances.LEAST_DAILY_WORK;
    long most = Allowances.MOST_DAILY_WORK;
    return yaml.read(
            "dailyWork",
            "unlimited, or a whole number of pixel-steps from " + least + " to " + most,
            text ->
                text.equals("unlimited")
                    ? Optional.of(OptionalLong.empty())
                    : Optional.of(Long.valueOf(text))
                        .filter(work -> work >= least && work <= most)
                        .map(OptionalLong::of))
        .orElse(OptionalLong.empty());
  }

  private static QueueLimits queueLimits(YamlSection yaml, QueueLimits standard) {
    return new QueueLimits(
        yaml.integer("maxWaitingOnServer", standard.onServer(), 1, QueueLimits.MOST),
        yaml.integer("maxWaitingInAll", standard.inAll(), 1, QueueLimits.MOST));
  }

  private static QuotaDay quotaDay(YamlSection yaml, QuotaDay standard) {
    return new QuotaDay(
        yaml.read("quotaResetsAt", "a time of day, for example 04:30", LimitsSection::timeOfDay)
            .orElse(standard.resetsAt()),
        yaml.read("quotaZone", "a time zone, for example UTC or Europe/Berlin", LimitsSection::zone)
            .orElse(standard.zone()));
  }

  private static Optional<LocalTime> timeOfDay(String text) {
    try {
      return Optional.of(LocalTime.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private LimitsSection() {}
}
