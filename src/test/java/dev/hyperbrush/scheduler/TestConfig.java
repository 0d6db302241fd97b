package dev.hyperbrush.scheduler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Scheduler settings written in a test. */
final class TestConfig {
  static SchedulerConfig of(String json) {
    try {
      return SchedulerConfig.of(new JsonMapper().readTree(json), "test");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private TestConfig() {}
}
