package dev.hyperbrush.scheduler;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The scheduler of a run that diffusers recorded. A test is skipped, and says why, where diffusers
 * has a scheduler that is not here; of those that are here, only DPM-Solver may lack a setting.
 */
public final class RecordedScheduler {
  private static final Set<String> ALL_SETTINGS = Set.of("TCD", "LCM", "DDIM", "Euler", "Euler a");

  /**
   * The scheduler.
   *
   * @param timesteps a list of them, or null or missing where the run had a number of steps only
   */
  public static Scheduler create(
      String type, JsonNode settings, JsonNode timesteps, int steps, double eta) {
    String name =
        Schedulers.canonicalName(type).orElseGet(() -> abort("skipped: there is no " + type));
    try {
      SchedulerConfig config = SchedulerConfig.of(settings, type);
      return timesteps.isArray()
          ? Schedulers.create(name, config, integers(timesteps), eta)
          : Schedulers.create(name, config, steps, eta);
    } catch (Refusal refusal) {
      if (refusal.code() == ReasonCode.CONFIG_VALUE_BAD && !ALL_SETTINGS.contains(name)) {
        return abort("skipped: " + refusal.getMessage());
      }
      throw refusal;
    }
  }

  private static List<Integer> integers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asInt).toList();
  }

  private RecordedScheduler() {}
}
