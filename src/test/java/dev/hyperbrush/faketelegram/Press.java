package dev.hyperbrush.faketelegram;

import java.time.Instant;
import java.util.Optional;

/** A button that was pressed. Its answer is guarded by the world's monitor. */
public final class Press {
  /**
   * What the person saw.
   *
   * @param alert in a window of its own
   * @param url opened instead
   */
  public record Answer(String text, boolean alert, Optional<String> url) {}

  final String id;
  final Instant at;
  private final World world;
  private Optional<Answer> answer = Optional.empty();
  private Instant answeredAt = Instant.EPOCH;

  Press(World world, String id, Instant at) {
    this.world = world;
    this.id = id;
    this.at = at;
  }

  void answer(Answer given) {
    answer = Optional.of(given);
    answeredAt = world.now();
  }

  /** What the bot said to it; empty while the person's client shows that it waits. */
  public Optional<Answer> answer() {
    synchronized (world) {
      return answer;
    }
  }

  /** How long the person waited for the answer, in milliseconds. */
  public long answeredAfterMillis() {
    synchronized (world) {
      return answeredAt.toEpochMilli() - at.toEpochMilli();
    }
  }
}
