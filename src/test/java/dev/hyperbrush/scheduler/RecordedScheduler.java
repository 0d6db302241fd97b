package dev.hyperbrush.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** The scheduler of a run that diffusers recorded. */
public final class RecordedScheduler {
  /**
   * The scheduler.
   *
   * @param timesteps a list of them, or null or missing where the run had a number of steps only
   */
  public static Scheduler create(
      String type, JsonNode settings, JsonNode timesteps, int steps, double eta) {
    SchedulerConfig config = SchedulerConfig.of(settings, type);
    return timesteps.isArray()
        ? Schedulers.create(type, config, integers(timesteps), eta)
        : Schedulers.create(type, config, steps, eta);
  }

  private static List<Integer> integers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asInt).toList();
  }

  private RecordedScheduler() {}
}
