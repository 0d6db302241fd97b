package dev.hyperbrush.chat.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A place in the line before Telegram. Thread-safe.
 *
 * @param chat where it goes; {@link #NO_CHAT} for what counts in no chat
 * @param message which it changes; what changes one message goes one after another
 * @param count how many messages it is
 * @param since when it came
 * @param until when it is of no use any more
 */
record Ticket(
    long chat,
    OptionalInt message,
    int count,
    Urgency urgency,
    Instant since,
    Instant until,
    CompletableFuture<Boolean> turn) {
  static final long NO_CHAT = 0;

  /** What waits longer is as urgent as what comes before it. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  Ticket(long chat, OptionalInt message, int count, Urgency urgency, Instant since, Instant until) {
    this(chat, message, count, urgency, since, until, new CompletableFuture<>());
  }

  /** A message of a chat. */
  record Message(long chat, int number) {}

  @Nullable Message changed() {
    return message.isPresent() ? new Message(chat, message.getAsInt()) : null;
  }

  boolean isProgress() {
    return urgency == Urgency.PROGRESS;
  }

  /** As urgent as what; the first of them goes first. */
  Urgency rank(Instant now) {
    boolean impatient = urgency == Urgency.RESULT && now.isAfter(since.plus(PATIENCE));
    return impatient ? Urgency.ANSWER : urgency;
  }

  /** It is its turn: the call is to be made now. */
  void go() {
    turn.complete(true);
  }

  /** Its turn will not come. */
  void drop() {
    turn.complete(false);
  }
}
