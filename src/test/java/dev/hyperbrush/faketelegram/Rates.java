package dev.hyperbrush.faketelegram;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a bot may send: about one message a second to a chat, in short bursts more; 20 a minute
 * to a group; 30 a second in all. Guarded by the world's monitor.
 */
final class Rates {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What passes to a chat at once before the rate of one a second holds. */
  private static final int BURST = 4;

  /** A request that left the bot in time may have come early or late. */
  private static final Duration SLACK = Duration.ofMillis(100);

  private static final int GROUP_MINUTE = 20;
  private static final int ALL_SECOND = 30;

  private final Map<Long, Instant> next = new HashMap<>();
  private final Map<Long, Deque<Instant>> groups = new HashMap<>();
  private final Map<String, Instant> silences = new HashMap<>();
  private final Deque<Instant> all = new ArrayDeque<>();
  boolean on = true;

  /** Counts what is sent at once; how long to wait with it if it is too much. */
  Optional<Duration> messages(Chat chat, int count, Instant now) {
    if (!on) {
      return Optional.empty();
    }
    Optional<Duration> wait = tooSoon(chat, now);
    if (wait.isEmpty()) {
      Deque<Instant> group = groups.computeIfAbsent(chat.id, id -> new ArrayDeque<>());
      for (int i = 0; i < count; i++) {
        all.add(now);
        group.add(now);
      }
      next.merge(chat.id, now, (due, at) -> due.isAfter(at) ? due : at);
      next.computeIfPresent(chat.id, (id, due) -> due.plus(SECOND));
    }
    return wait;
  }

  private Optional<Duration> tooSoon(Chat chat, Instant now) {
    if (full(all, ALL_SECOND, SECOND.minus(SLACK), now)) {
      return Optional.of(SECOND);
    }
    Deque<Instant> group = groups.getOrDefault(chat.id, new ArrayDeque<>());
    if (chat.isGroup() && full(group, GROUP_MINUTE, MINUTE.minus(SLACK), now)) {
      return Optional.of(Duration.between(now, group.getFirst().plus(MINUTE)));
    }
    Instant due =
        next.getOrDefault(chat.id, now).minus(SECOND.multipliedBy(BURST - 1)).minus(SLACK);
    return due.isAfter(now) ? Optional.of(SECOND) : Optional.empty();
  }

  private static boolean full(Deque<Instant> sent, int limit, Duration window, Instant now) {
    while (!sent.isEmpty() && !sent.getFirst().plus(window).isAfter(now)) {
      sent.removeFirst();
    }
    return sent.size() >= limit;
  }

  /** From now on nobody should ask for this before the time is over. */
  void silence(String what, Instant until) {
    silences.merge(what, until, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** Whether it was asked for although it was said to wait. */
  boolean breaksSilence(String what, Instant now) {
    return silences.getOrDefault(what, Instant.EPOCH).minus(SLACK).isAfter(now);
  }
}
