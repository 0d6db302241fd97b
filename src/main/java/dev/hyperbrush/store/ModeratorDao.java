package dev.hyperbrush.store;

/** Who was seen as a moderator of which server, or as an operator everywhere. Thread-safe. */
public final class ModeratorDao {
  private final Database database;

  public ModeratorDao(Database database) {
    this.database = database;
  }

  public boolean isKnown(Realm realm, long personId) {
    return database.read(handle ->
        handle
                .createQuery(
                    """
                    SELECT COUNT(*) FROM moderator_seen
                    WHERE platform = :platform AND server = :server AND person_id = :person\
                    """)
                .bind("platform", realm.platform())
                .bind("server", realm.server())
                .bind("person", personId)
                .mapTo(Integer.class)
                .one()
            > 0);
  }

  /** Remembers what somebody was seen as; costs a write only when that is news. */
  public void remember(Realm realm, long personId, boolean moderator) {
    if (isKnown(realm, personId) == moderator) {
      return;
    }
    String sql =
        moderator
            ? """
            INSERT INTO moderator_seen (platform, server, person_id)
            VALUES (:platform, :server, :person) ON CONFLICT DO NOTHING\
            """
            : """
            DELETE FROM moderator_seen
            WHERE platform = :platform AND server = :server AND person_id = :person\
            """;
    database.write(handle ->
        handle
            .createUpdate(sql)
            .bind("platform", realm.platform())
            .bind("server", realm.server())
            .bind("person", personId)
            .execute());
  }
}
