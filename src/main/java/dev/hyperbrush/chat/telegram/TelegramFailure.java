package dev.hyperbrush.chat.telegram;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A call that came to nothing, in Telegram's words; the token is in none of them. Immutable. */
final class TelegramFailure extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final int code;
  private final boolean sent;
  private final String description;
  private final transient Optional<Duration> retryAfter;
  private final transient Optional<Long> migrateTo;

  /** As Telegram answered. */
  TelegramFailure(
      String method,
      int code,
      String description,
      Optional<Duration> retryAfter,
      Optional<Long> migrateTo) {
    this(method, code, description, retryAfter, migrateTo, true);
  }

  private TelegramFailure(
      String method,
      int code,
      String description,
      Optional<Duration> retryAfter,
      Optional<Long> migrateTo,
      boolean sent) {
    super(method + ": " + code + " " + description);
    this.code = code;
    this.sent = sent;
    this.description = description;
    this.retryAfter = retryAfter;
    this.migrateTo = migrateTo;
  }

  /**
   * No answer, or none that can be read.
   *
   * @param sent whether Telegram may have been told, and may have done it
   */
  static TelegramFailure noAnswer(String method, String why, boolean sent) {
    return new TelegramFailure(method, 0, why, Optional.empty(), Optional.empty(), sent);
  }

  /** What Telegram would answer now, so that it was not asked. */
  static TelegramFailure wait(String method, Duration time) {
    return new TelegramFailure(
        method,
        429,
        "not asked yet, as it would be too much",
        Optional.of(time),
        Optional.empty(),
        false);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Whether it may have been done although nobody knows. */
  boolean inDoubt() {
    return code == 0 && sent;
  }

  /** Whether it is Telegram or the way there that has failed: the same may work later. */
  boolean isPassing() {
    return code == 0 || code >= 500;
  }

  /** As in HTTP; 0 without an answer that can be read. */
  int code() {
    return code;
  }

  String description() {
    return description;
  }

  /** How long nothing more is to be sent, when that was too much. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** The number of the chat from now on. */
  Optional<Long> migrateTo() {
    return migrateTo;
  }

  /** Whether the answer has these words, which are in lower case. */
  boolean says(String words) {
    return description.toLowerCase(Locale.ROOT).contains(words);
  }
}
