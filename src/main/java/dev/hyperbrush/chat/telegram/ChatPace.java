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

  private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(1);
  private static final int GROUP_LIMIT = 20;
  private static final Duration GROUP_TIME = Duration.ofMinutes(1);

  private final boolean isGroup;
  private final boolean isLimited;
  private final SlidingWindow minute = new SlidingWindow(GROUP_LIMIT, GROUP_TIME);
  private final List<Ticket> waiting = new ArrayList<>();
  private Instant free = Instant.MIN;
  private Instant served = Instant.MIN;

  ChatPace(long chat) {
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
    if (!isLimited) {
      return free;
    }
    Instant room = isGroup ? minute.freeAt(count, urgency.shareOfGroup()) : Instant.MIN;
    return room.isAfter(free) ? room : free;
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
    served = now;
    if (isLimited) {
      free = now.plus(BETWEEN_MESSAGES);
      if (isGroup) {
        minute.add(ticket.count(), now);
      }
    }
  }

  /** Takes nothing for a while. */
  void block(Instant until) {
    free = until.isAfter(free) ? until : free;
  }

  /** When it was its turn last: chats take turns. */
  Instant served() {
    return served;
  }

  /** Whether nothing is known of it that matters. */
  boolean isIdle(Instant now) {
    return waiting.isEmpty() && !free.isAfter(now) && minute.isEmpty(now);
  }
}
