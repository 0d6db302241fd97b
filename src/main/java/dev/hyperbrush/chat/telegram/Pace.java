package dev.hyperbrush.chat.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who may call Telegram when: about one message a second in a chat, twenty a minute in a group,
 * thirty a second in all (Telegram's FAQ for bots), and nothing where Telegram has said to wait.
 * Chats take turns, and in each the more urgent goes first. Thread-safe; what it answers depends on
 * its clock alone.
 */
final class Pace {
  private static final int LIMIT = 30;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Edits that nobody waits for leave this much of it to others. */
  private static final int SHARE_OF_PROGRESS = 20;

  private static final int MOST_WAITING = 10_000;

  /** Told to wait in so many chats within this time, all chats wait. */
  private static final int CHATS_TO_BLOCK_ALL = 3;

  private static final Duration BLOCKED_TOGETHER = Duration.ofSeconds(10);
  private static final int IDLE_CHATS = 1_000;

  private final InstantSource clock;
  private final Duration between;
  private final Map<Long, ChatPace> chats = new HashMap<>();
  private final SlidingWindow second = new SlidingWindow(LIMIT, SECOND);
  private final Set<Ticket.Message> underWay = new HashSet<>();
  private final Deque<Refusal> refusals = new ArrayDeque<>();

  /** Messages that have become a result: no progress is shown in them any more. */
  private final Cache<Ticket.Message, Boolean> ended =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(10, TimeUnit.MINUTES).build();

  private Instant blocked = Instant.MIN;
  private int waiting;
  private boolean closed;

  Pace(InstantSource clock) {
    this(clock, SECOND);
  }

  /** With another time between the messages of a chat. */
  Pace(InstantSource clock, Duration between) {
    this.clock = clock;
    this.between = between;
  }

  private record Refusal(long chat, Instant at) {}

  /**
   * Gets in line. Of progress of one message only the newest waits, and none once there is a
   * result.
   *
   * @return false when too many wait already, or it is of no use
   */
  synchronized boolean enter(Ticket ticket) {
    if (closed || (ticket.isProgress() && isEnded(ticket))) {
      return false;
    }
    ChatPace chat = pace(ticket.chat());
    if (ticket.changed() != null) {
      dropProgress(chat, ticket);
    }
    if (chat.isFull() || waiting >= MOST_WAITING) {
      return false;
    }
    if (ticket.urgency() == Urgency.RESULT && ticket.changed() != null) {
      ended.put(ticket.changed(), true);
    }
    chat.add(ticket);
    waiting++;
    return true;
  }

  private boolean isEnded(Ticket ticket) {
    return ticket.changed() != null && ended.getIfPresent(ticket.changed()) != null;
  }

  private void dropProgress(ChatPace chat, Ticket newer) {
    List.copyOf(chat.waiting()).stream()
        .filter(older -> older.isProgress() && older.message().equals(newer.message()))
        .forEach(older -> drop(chat, older));
  }

  private void drop(ChatPace chat, Ticket ticket) {
    if (chat.remove(ticket)) {
      waiting--;
      ticket.drop();
    }
  }

  /** Gets out of line; when its turn has come meanwhile, it passes. */
  synchronized void leave(Ticket ticket) {
    drop(pace(ticket), ticket);
    if (Boolean.TRUE.equals(ticket.turn().getNow(false))) {
      done(ticket);
    }
  }

  /** Nobody's turn comes any more. */
  synchronized void close() {
    closed = true;
    chats
        .values()
        .forEach(chat -> List.copyOf(chat.waiting()).forEach(ticket -> drop(chat, ticket)));
  }

  /** Gives everybody their turn who may have it now, and tells when to ask again at the latest. */
  synchronized Instant serve() {
    Instant now = clock.instant();
    dropLate(now);
    for (Optional<Ticket> next = next(now); next.isPresent(); next = next(now)) {
      serve(next.get(), now);
    }
    forgetIdle(now);
    return nextChange(now);
  }

  private void dropLate(Instant now) {
    for (ChatPace chat : chats.values()) {
      List.copyOf(chat.waiting()).stream()
          .filter(ticket -> !ticket.until().isAfter(now))
          .forEach(ticket -> drop(chat, ticket));
    }
  }

  private Optional<Ticket> next(Instant now) {
    if (waiting == 0 || blocked.isAfter(now)) {
      return Optional.empty();
    }
    Comparator<Ticket> first =
        Comparator.<Ticket, Urgency>comparing(ticket -> ticket.rank(now))
            .thenComparing(ticket -> pace(ticket).served())
            .thenComparing(Ticket::since);
    return chats.values().stream()
        .flatMap(chat -> chat.next(now, underWay).stream())
        .filter(ticket -> !roomFor(ticket).isAfter(now))
        .min(first);
  }

  private Instant roomFor(Ticket ticket) {
    return second.freeAt(ticket.count(), ticket.isProgress() ? SHARE_OF_PROGRESS : LIMIT);
  }

  private ChatPace pace(Ticket ticket) {
    return pace(ticket.chat());
  }

  private ChatPace pace(long chat) {
    return chats.computeIfAbsent(chat, number -> new ChatPace(number, between));
  }

  private void serve(Ticket ticket, Instant now) {
    pace(ticket).serve(ticket, now);
    second.begin(ticket.count());
    waiting--;
    if (ticket.changed() != null) {
      underWay.add(ticket.changed());
    }
    ticket.go();
  }

  private Instant nextChange(Instant now) {
    List<Ticket> all = chats.values().stream().flatMap(chat -> chat.waiting().stream()).toList();
    Instant late =
        all.stream().map(Ticket::until).min(Comparator.naturalOrder()).orElse(Instant.MAX);
    Instant room =
        all.stream()
            .map(ticket -> later(pace(ticket).freeAt(ticket), roomFor(ticket)))
            .min(Comparator.naturalOrder())
            .map(free -> later(free, blocked))
            .orElse(Instant.MAX);
    Instant change = room.isBefore(late) ? room : late;
    // What is free and yet waits, waits for a call under way.
    return change.isAfter(now) ? change : now.plus(SECOND);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void forgetIdle(Instant now) {
    if (chats.size() > IDLE_CHATS) {
      chats.values().removeIf(chat -> chat.isIdle(now));
    }
  }

  /** A call is over. */
  synchronized void done(Ticket ticket) {
    Instant now = clock.instant();
    pace(ticket).done(ticket, now);
    second.end(ticket.count(), now);
    if (ticket.changed() != null) {
      underWay.remove(ticket.changed());
    }
  }

  /**
   * Telegram has said that nothing more is to be sent there for a while; no chat is none of them.
   */
  synchronized void refused(long chat, Duration wait) {
    Instant now = clock.instant();
    if (chat != Ticket.NO_CHAT) {
      pace(chat).block(now.plus(wait));
    }
    refusals.removeIf(old -> old.at().isBefore(now.minus(BLOCKED_TOGETHER)));
    refusals.removeIf(old -> old.chat() == chat);
    refusals.addLast(new Refusal(chat, now));
    if (refusals.size() >= CHATS_TO_BLOCK_ALL && now.plus(wait).isAfter(blocked)) {
      blocked = now.plus(wait);
    }
  }

  /** How long nothing at all is to be sent. */
  synchronized Duration blocked() {
    return left(blocked);
  }

  /** How long it will take at least until a chat takes so much more. */
  synchronized Duration wait(long chat, int count, Urgency urgency) {
    ChatPace pace = chats.get(chat);
    Duration there = pace == null ? Duration.ZERO : left(pace.freeAt(count, urgency));
    Duration all = blocked();
    return there.compareTo(all) > 0 ? there : all;
  }

  /** What depends on a call under way may be over at any moment. */
  private Duration left(Instant until) {
    Instant now = clock.instant();
    return until.isAfter(now) && until.isBefore(Instant.MAX)
        ? Duration.between(now, until)
        : Duration.ZERO;
  }
}
