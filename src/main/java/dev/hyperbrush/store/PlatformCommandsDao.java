package dev.hyperbrush.store;

import java.util.Optional;

/** Which commands a platform was last told of. Thread-safe. */
public final class PlatformCommandsDao {
  private final Database database;

  public PlatformCommandsDao(Database database) {
    this.database = database;
  }

  /** The fingerprint of what it was told for a bot; empty when it was told nothing yet. */
  public Optional<String> told(String platform, String bot) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT fingerprint FROM platform_commands
                WHERE platform = :platform AND bot = :bot\
                """)
            .bind("platform", platform)
            .bind("bot", bot)
            .mapTo(String.class)
            .findOne());
  }

  /** Keeps the fingerprint of what it has been told, of at most 100 characters. */
  public void remember(String platform, String bot, String fingerprint) {
    database.write(handle -> {
      handle
          .createUpdate(
              "INSERT INTO platform_commands (platform, bot, fingerprint)"
                  + " VALUES (:platform, :bot, :fingerprint) ON CONFLICT DO NOTHING")
          .bind("platform", platform)
          .bind("bot", bot)
          .bind("fingerprint", fingerprint)
          .execute();
      return handle
          .createUpdate(
              """
              UPDATE platform_commands SET fingerprint = :fingerprint
              WHERE platform = :platform AND bot = :bot\
              """)
          .bind("platform", platform)
          .bind("bot", bot)
          .bind("fingerprint", fingerprint)
          .execute();
    });
  }
}
