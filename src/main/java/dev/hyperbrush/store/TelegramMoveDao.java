package dev.hyperbrush.store;

import java.util.HashMap;
import java.util.Map;

/** Which chats of Telegram became which others. Thread-safe. */
public final class TelegramMoveDao {
  private final Database database;

  public TelegramMoveDao(Database database) {
    this.database = database;
  }

  /** The new number of each old one. */
  public Map<Long, Long> all() {
    return database.read(handle -> {
      Map<Long, Long> moves = new HashMap<>();
      handle
          .createQuery("SELECT old_chat, new_chat FROM telegram_move")
          .map((row, _) -> Map.entry(row.getLong("old_chat"), row.getLong("new_chat")))
          .forEach(move -> moves.put(move.getKey(), move.getValue()));
      return moves;
    });
  }

  /** Notes a move; a chat moves once. */
  public void add(long oldChat, long newChat) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO telegram_move (old_chat, new_chat) VALUES (:old, :new)
                ON CONFLICT DO NOTHING\
                """)
            .bind("old", oldChat)
            .bind("new", newChat)
            .execute());
  }
}
