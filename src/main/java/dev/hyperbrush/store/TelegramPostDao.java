package dev.hyperbrush.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What is there already of posts that take several calls, so that what is done is not done again
 * after a failure in the middle. Thread-safe.
 */
public final class TelegramPostDao {
  /** Longer than any post is tried. */
  private static final Duration KEPT = Duration.ofDays(31);

  private final Database database;
  private final InstantSource clock;

  public TelegramPostDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** In the words of whoever put it. */
  public Optional<String> find(String nonce) {
    return database.read(handle ->
        handle
            .createQuery("SELECT messages FROM telegram_post WHERE nonce = :nonce")
            .bind("nonce", nonce)
            .mapTo(String.class)
            .findOne());
  }

  /** In place of what was there. */
  public void put(String nonce, String messages) {
    Instant now = clock.instant();
    database.write(handle -> {
      handle
          .createUpdate("DELETE FROM telegram_post WHERE nonce = :nonce OR created_at < :old")
          .bind("nonce", nonce)
          .bind("old", now.minus(KEPT))
          .execute();
      return handle
          .createUpdate(
              """
              INSERT INTO telegram_post (nonce, messages, created_at)
              VALUES (:nonce, :messages, :now) ON CONFLICT DO NOTHING\
              """)
          .bind("nonce", nonce)
          .bind("messages", messages)
          .bind("now", now)
          .execute();
    });
  }

  public void forget(String nonce) {
    database.write(handle ->
        handle
            .createUpdate("DELETE FROM telegram_post WHERE nonce = :nonce")
            .bind("nonce", nonce)
            .execute());
  }
}
