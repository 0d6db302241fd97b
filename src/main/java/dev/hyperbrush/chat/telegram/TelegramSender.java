package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.queue.WorkSignal;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;

/**
 * Sends in line with Telegram's limits, each message when it is its turn, and to the chat that a
 * group has become. Thread-safe; whoever sends waits, on virtual threads best.
 */
final class TelegramSender implements AutoCloseable {
  /** An answer is tried for so long. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(3);

  /** Less than the outbox waits for a courier, with the call itself. */
  private static final Duration RESULT_LIMIT = Duration.ofSeconds(15);

  /** What would have to wait longer comes again, and leaves its place to what can go. */
  private static final Duration RESULT_WAIT = Duration.ofSeconds(5);

  private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(3);
  private static final Duration FULL_PAUSE = Duration.ofMillis(100);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 4;
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final Logger log = LoggerFactory.getLogger(TelegramSender.class);

  private final TelegramApi api;
  private final Pace pace;
  private final ChatMoves moves;
  private final InstantSource clock;

  /** Until when Telegram wants to be asked nothing more of a kind that counts in no chat. */
  private final Map<String, Instant> silent = new ConcurrentHashMap<>();

  private final WorkSignal signal = new WorkSignal();
  private final Thread thread;
  private volatile boolean closed;

  private TelegramSender(TelegramApi api, Pace pace, ChatMoves moves, InstantSource clock) {
    this.api = api;
    this.pace = pace;
    this.moves = moves;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("telegram-pace").daemon().unstarted(this::run);
  }

  static TelegramSender start(TelegramApi api, ChatMoves moves, InstantSource clock) {
    return start(api, new Pace(clock), moves, clock);
  }

  /** At a pace of its own. */
  static TelegramSender start(TelegramApi api, Pace pace, ChatMoves moves, InstantSource clock) {
    TelegramSender sender = new TelegramSender(api, pace, moves, clock);
    sender.thread.start();
    return sender;
  }

  /**
   * Answers somebody; what fails in passing is tried again for minutes, unless it may have been
   * done. A {@link Line}.
   */
  <T extends Serializable> T answer(long chat, OptionalInt message, int count, Line.Ask<T> ask)
      throws TelegramFailure, InterruptedException {
    Instant until = clock.instant().plus(ANSWER_LIMIT);
    for (int failures = 0; ; failures++) {
      try {
        return counted(chat, message, count, Urgency.ANSWER, until, ask);
      } catch (TelegramFailure failure) {
        Duration pause = pause(failure, failures);
        if (closed || clock.instant().plus(pause).isAfter(until)) {
          throw failure;
        }
        // The line waits as long as Telegram asks; one that is full is not asked all the time.
        Thread.sleep(failure.retryAfter().isPresent() ? FULL_PAUSE : pause);
      }
    }
  }

  /** As the longer one: a new message. */
  <T extends Serializable> T answer(long chat, Line.Ask<T> ask)
      throws TelegramFailure, InterruptedException {
    return answer(chat, OptionalInt.empty(), 1, ask);
  }

  /** How long to wait before it is tried again; until the end of time when it is not. */
  private static Duration pause(TelegramFailure failure, int failures) {
    if (failure.isPassing() && !failure.inDoubt()) {
      return FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    }
    return failure.retryAfter().orElse(Duration.ofDays(1));
  }

  /**
   * Posts a result, once. Fails without trying when the chat takes nothing for a while. A {@link
   * Line}.
   *
   * @param message that is changed by it, which shows no progress any more
   * @param count of messages
   */
  <T extends Serializable> T result(long chat, OptionalInt message, int count, Line.Ask<T> ask)
      throws TelegramFailure, InterruptedException {
    long current = moves.current(chat);
    Duration wait = pace.wait(current, count, Urgency.RESULT);
    if (wait.compareTo(RESULT_WAIT) > 0) {
      throw TelegramFailure.wait("not asked", wait);
    }
    return counted(chat, message, count, Urgency.RESULT, clock.instant().plus(RESULT_LIMIT), ask);
  }

  /**
   * Shows progress in a message.
   *
   * @return empty when it was not worth it, or Telegram did not want it
   */
  <T extends Serializable> Optional<T> progress(long chat, int message, Line.Ask<T> ask)
      throws InterruptedException {
    try {
      Instant until = clock.instant().plus(PROGRESS_LIMIT);
      return Optional.of(counted(chat, OptionalInt.of(message), 1, Urgency.PROGRESS, until, ask));
    } catch (TelegramFailure failure) {
      log.debug("Progress is not shown: {}", failure.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Calls what counts in no chat: answers to presses, chat actions, deletions. What is too much of
   * one of these holds up none of the others.
   */
  <T extends Serializable> T aside(PartialBotApiMethod<T> method)
      throws TelegramFailure, InterruptedException {
    Instant now = clock.instant();
    Instant free = silent.getOrDefault(method.getMethod(), Instant.MIN);
    if (free.isAfter(now)) {
      throw TelegramFailure.wait(method.getMethod(), Duration.between(now, free));
    }
    return inTurn(
        new Ticket(
            Ticket.NO_CHAT, OptionalInt.empty(), 1, Urgency.ANSWER, now, now.plus(RESULT_LIMIT)),
        method);
  }

  private <T extends Serializable> T counted(
      long chat, OptionalInt message, int count, Urgency urgency, Instant until, Line.Ask<T> ask)
      throws TelegramFailure, InterruptedException {
    // The messages of a group that has become another have no counterpart there: their numbers
    // are those of other messages.
    long current = message.isPresent() ? chat : moves.current(chat);
    try {
      return inTurn(
          new Ticket(current, message, count, urgency, clock.instant(), until), made(ask, current));
    } catch (TelegramFailure failure) {
      if (failure.migrateTo().isEmpty()) {
        throw failure;
      }
      long moved = failure.migrateTo().get();
      moves.moved(current, moved);
      if (message.isPresent()) {
        throw failure;
      }
      return inTurn(
          new Ticket(moved, message, count, urgency, clock.instant(), until), made(ask, moved));
    }
  }

  private static <T extends Serializable> PartialBotApiMethod<T> made(Line.Ask<T> ask, long chat)
      throws TelegramFailure {
    try {
      return ask.to(chat);
    } catch (IOException e) {
      throw TelegramFailure.noAnswer("a file", e.toString(), false);
    }
  }

  private <T extends Serializable> T inTurn(Ticket ticket, PartialBotApiMethod<T> method)
      throws TelegramFailure, InterruptedException {
    awaitTurn(ticket, method);
    try {
      return api.call(method);
    } catch (TelegramFailure failure) {
      failure.retryAfter().ifPresent(wait -> refused(ticket, method, wait));
      throw failure;
    } finally {
      pace.done(ticket);
      signal.raise();
    }
  }

  private void refused(Ticket ticket, PartialBotApiMethod<?> method, Duration wait) {
    pace.refused(ticket.chat(), wait);
    if (ticket.chat() == Ticket.NO_CHAT) {
      silent.put(method.getMethod(), clock.instant().plus(wait));
    }
  }

  private void awaitTurn(Ticket ticket, PartialBotApiMethod<?> method)
      throws TelegramFailure, InterruptedException {
    if (closed || !pace.enter(ticket)) {
      throw TelegramFailure.wait(method.getMethod(), RESULT_WAIT);
    }
    signal.raise();
    try {
      if (!ticket.turn().get()) {
        Duration wait = pace.wait(ticket.chat(), ticket.count(), ticket.urgency());
        throw TelegramFailure.wait(method.getMethod(), wait.plus(FIRST_PAUSE));
      }
    } catch (InterruptedException e) {
      pace.leave(ticket);
      throw e;
    } catch (ExecutionException e) {
      throw new AssertionError("a turn does not fail", e);
    }
  }

  /** How long nothing at all is to be sent. */
  Duration blocked() {
    return pace.blocked();
  }

  private void run() {
    try {
      while (!closed) {
        long seen = signal.count();
        Instant next = pace.serve();
        Duration rest = Duration.between(clock.instant(), earlier(next));
        signal.awaitChange(seen, rest.isNegative() ? Duration.ZERO : rest);
      }
    } catch (InterruptedException e) {
      log.info("Interrupted: nothing more is sent");
    }
    pace.close();
  }

  private Instant earlier(Instant next) {
    Instant limit = clock.instant().plus(LONGEST_REST);
    return next.isBefore(limit) ? next : limit;
  }

  /** What waits for its turn is not sent. */
  @Override
  public void close() {
    closed = true;
    signal.raise();
  }
}
