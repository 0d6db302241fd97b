package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.store.TelegramMoveDao;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Moves of groups, kept in the database and at hand. Thread-safe. */
final class StoredMoves implements ChatMoves {
  private final TelegramMoveDao dao;
  private final Map<Long, Long> next;
  private final Map<Long, Long> before = new ConcurrentHashMap<>();

  StoredMoves(TelegramMoveDao dao) {
    this.dao = dao;
    this.next = new ConcurrentHashMap<>(dao.all());
    next.forEach((from, to) -> before.put(to, from));
  }

  @Override
  public long current(long chat) {
    return end(chat, next);
  }

  /**
   * The number that a chat was first known by: what is set for a group and was drawn in it goes on
   * in the supergroup.
   */
  long first(long chat) {
    return end(chat, before);
  }

  private static long end(long chat, Map<Long, Long> steps) {
    long end = chat;
    Set<Long> seen = new HashSet<>();
    while (steps.containsKey(end) && seen.add(end)) {
      end = Objects.requireNonNull(steps.get(end));
    }
    return end;
  }

  @Override
  public void moved(long from, long to) {
    if (from != to && current(to) != from && next.putIfAbsent(from, to) == null) {
      before.put(to, from);
      dao.add(from, to);
    }
  }
}
