package dev.hyperbrush.chat.telegram;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What waits to be sent to one chat, and when that chat takes more. Owned by one thread. */
final class ChatPace {
  /** More waits for one chat only when somebody floods it. */
  static final int MOST_WAITING = 100;

  private static final int GROUP_LIMIT = 20;
  private static final Duration GROUP_TIME = Duration.ofMinutes(1);

  private final boolean isGroup;
  private final boolean isLimited;
  private final SlidingWindow minute = new SlidingWindow(GROUP_LIMIT, GROUP_TIME);
  private final List<Ticket> waiting = new ArrayList<>();
  private final Duration between;
  private Instant due = Instant.MIN;
  private Instant blocked = Instant.MIN;
  private Instant served = Instant.MIN;

  /**
   * Nothing is known of it yet.
   *
   * @param between time between messages, on average: two may come together, as a picture that was
   *     drawn at once comes with the word that it is waited for
   */
  ChatPace(long chat, Duration between) {
    this.between = between;
    this.isGroup = chat < 0;
    this.isLimited = chat != Ticket.NO_CHAT;
  }

  boolean isFull() {
    return isLimited && waiting.size() >= MOST_WAITING;
  }

  void add(Ticket ticket) {
    waiting.add(ticket);
  }

  boolean remove(Ticket ticket) {
    return waiting.remove(ticket);
  }

  List<Ticket> waiting() {
    return waiting;
  }

  Instant freeAt(Ticket ticket) {
    return freeAt(ticket.count(), ticket.urgency());
  }

  /** When this chat takes so much more. */
  Instant freeAt(int count, Urgency urgency) {
    Instant free = later(blocked, due.equals(Instant.MIN) ? due : due.minus(between));
    return isGroup ? later(free, minute.freeAt(count, urgency.shareOfGroup())) : free;
  }

  /** What is next here: of the most urgent the first, if the chat takes it now. */
  Optional<Ticket> next(Instant now, Set<Ticket.Message> underWay) {
    return waiting.stream()
        .filter(ticket -> !underWay.contains(ticket.changed()))
        .filter(ticket -> !freeAt(ticket).isAfter(now))
        .min(Comparator.comparing((Ticket ticket) -> ticket.rank(now)));
  }

  /** It goes now. */
  void serve(Ticket ticket, Instant now) {
    waiting.remove(ticket);
    if (isLimited) { // what counts in no chat has no turn to lose
      served = now;
      due = later(due, now).plus(between);
      minute.begin(ticket.count());
    }
  }

  /** The call is over. */
  void done(Ticket ticket, Instant now) {
    if (isLimited) {
      minute.end(ticket.count(), now);
    }
  }

  /** Takes nothing for a while. */
  void block(Instant until) {
    blocked = later(blocked, until);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** When it was its turn last: chats take turns. */
  Instant served() {
    return served;
  }

  /** Whether nothing is known of it that matters. */
  boolean isIdle(Instant now) {
    return waiting.isEmpty() && !later(blocked, due).isAfter(now) && minute.isEmpty(now);
  }
}
