package dev.hyperbrush.store;

import java.util.Optional;

/**
 * The language that a platform last named for somebody who has been here, for when it names none.
 * Goes with the identity. Thread-safe.
 */
public final class SeenLanguageDao {
  private final Database database;
  private final String platform;

  public SeenLanguageDao(Database database, String platform) {
    this.database = database;
    this.platform = platform;
  }

  public Optional<String> of(String platformId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT seen_language FROM identity
                WHERE platform = :platform AND platform_id = :id AND seen_language IS NOT NULL\
                """)
            .bind("platform", platform)
            .bind("id", platformId)
            .mapTo(String.class)
            .findOne());
  }

  /**
   * Remembers a language.
   *
   * @return false when nobody of that id has been here
   */
  public boolean remember(String platformId, String language) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE identity SET seen_language = :language
                    WHERE platform = :platform AND platform_id = :id\
                    """)
                .bind("language", language)
                .bind("platform", platform)
                .bind("id", platformId)
                .execute()
            == 1);
  }
}
