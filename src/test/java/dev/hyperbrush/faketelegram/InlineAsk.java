package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What somebody typed behind the bot's name. Its answer is guarded by the world's monitor. */
public final class InlineAsk {
  /**
   * What the person is shown.
   *
   * @param results as they were sent
   * @param personal not shown to others who type the same
   * @param button above the results
   */
  public record Answer(
      List<JsonNode> results, boolean personal, String nextOffset, Optional<JsonNode> button) {}

  final String id;
  final Instant at;
  final User person;
  final String query;
  private final World world;
  private Optional<Answer> answer = Optional.empty();

  InlineAsk(World world, String id, User person, String query) {
    this.world = world;
    this.id = id;
    this.at = world.now();
    this.person = person;
    this.query = query;
  }

  void answer(Answer given) {
    answer = Optional.of(given);
  }

  /** What the bot offers; empty until it answers. */
  public Optional<Answer> answer() {
    synchronized (world) {
      return answer;
    }
  }
}
