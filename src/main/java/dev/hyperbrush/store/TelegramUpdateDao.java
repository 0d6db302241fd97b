package dev.hyperbrush.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/**
 * What Telegram has handed in, until it is dealt with, and the numbers of it a while longer. Of one
 * bot. Thread-safe.
 */
public final class TelegramUpdateDao {
  private final Database database;
  private final long bot;

  public TelegramUpdateDao(Database database, long bot) {
    this.database = database;
    this.bot = bot;
  }

  /**
   * An update that is not dealt with.
   *
   * @param begun whether somebody had begun to
   */
  public record Open(long id, String content, boolean begun) {}

  /**
   * Keeps what is new, all or nothing.
   *
   * @param contents by number
   * @return the numbers that are new, in order
   */
  public List<Long> keep(SortedMap<Long, String> contents, Instant now) {
    return database.write(handle -> {
      List<Long> fresh = new ArrayList<>();
      for (Map.Entry<Long, String> update : contents.entrySet()) {
        if (insert(handle, update.getKey(), update.getValue(), now)) {
          fresh.add(update.getKey());
        }
      }
      return fresh;
    });
  }

  private boolean insert(Handle handle, long id, String content, Instant now) {
    return handle
            .createUpdate(
                """
                INSERT INTO telegram_update (bot, update_id, content, received_at)
                VALUES (:bot, :id, :content, :now) ON CONFLICT DO NOTHING\
                """)
            .bind("bot", bot)
            .bind("id", id)
            .bind("content", content)
            .bind("now", now)
            .execute()
        == 1;
  }

  /** What is not dealt with, in order. */
  public List<Open> open() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT update_id, content, begun FROM telegram_update
                WHERE bot = :bot AND content IS NOT NULL ORDER BY bot, update_id\
                """)
            .bind("bot", bot)
            .map((row, _) ->
                new Open(
                    row.getLong("update_id"), row.getString("content"), row.getBoolean("begun")))
            .list());
  }

  /** From here on it may have had its effect. */
  public void begin(long id) {
    set(id, "begun = TRUE");
  }

  /** It is dealt with; what was said is kept no longer. */
  public void done(long id) {
    set(id, "content = NULL");
  }

  private void set(long id, String change) {
    database.write(handle ->
        handle
            .createUpdate(
                "UPDATE telegram_update SET " + change + " WHERE bot = :bot AND update_id = :id")
            .bind("bot", bot)
            .bind("id", id)
            .execute());
  }

  /** Forgets what came before a moment, dealt with or not: it is too late by then. */
  public int prune(Instant before) {
    return database.write(handle ->
        handle
            .createUpdate("DELETE FROM telegram_update WHERE received_at < :before")
            .bind("before", before)
            .execute());
  }
}
