package dev.hyperbrush.store;

import java.util.Optional;

/** What the lists of commands of a Telegram bot were last set to. Thread-safe. */
public final class TelegramMenuDao {
  private final Database database;
  private final long bot;

  public TelegramMenuDao(Database database, long bot) {
    this.database = database;
    this.bot = bot;
  }

  public Optional<String> digest(String menu) {
    return database.read(handle ->
        handle
            .createQuery("SELECT digest FROM telegram_menu WHERE bot = :bot AND menu = :menu")
            .bind("bot", bot)
            .bind("menu", menu)
            .mapTo(String.class)
            .findOne());
  }

  /** Notes that a list is set. */
  public void set(String menu, String digest) {
    database.write(handle -> {
      handle
          .createUpdate("DELETE FROM telegram_menu WHERE bot = :bot AND menu = :menu")
          .bind("bot", bot)
          .bind("menu", menu)
          .execute();
      return handle
          .createUpdate(
              "INSERT INTO telegram_menu (bot, menu, digest) VALUES (:bot, :menu, :digest)")
          .bind("bot", bot)
          .bind("menu", menu)
          .bind("digest", digest)
          .execute();
    });
  }
}
