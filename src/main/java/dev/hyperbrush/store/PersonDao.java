package dev.hyperbrush.store;

import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** People, and who they are on each platform. Thread-safe. */
public final class PersonDao {
  private final Database database;
  private final InstantSource clock;

  public PersonDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The person behind an identity, made at first sight; also remembers how they are called now. */
  public long idOf(String platform, String platformId, String displayName) {
    return known(platform, platformId, displayName)
        .orElseGet(() -> create(platform, platformId, displayName));
  }

  private Optional<Long> known(String platform, String platformId, String displayName) {
    Optional<Known> known = database.read(handle -> find(handle, platform, platformId));
    if (known.isPresent() && !known.get().displayName().equals(displayName)) {
      database.write(handle -> rename(handle, platform, platformId, displayName));
    }
    return known.map(Known::id);
  }

  private record Known(long id, String displayName) {}

  private static Optional<Known> find(Handle handle, String platform, String platformId) {
    return handle
        .createQuery(
            """
            SELECT person_id, display_name FROM identity
            WHERE platform = :platform AND platform_id = :platformId\
            """)
        .bind("platform", platform)
        .bind("platformId", platformId)
        .map((row, _) -> new Known(row.getLong("person_id"), row.getString("display_name")))
        .findOne();
  }

  private static int rename(Handle handle, String platform, String platformId, String displayName) {
    return handle
        .createUpdate(
            """
            UPDATE identity SET display_name = :displayName
            WHERE platform = :platform AND platform_id = :platformId\
            """)
        .bind("platform", platform)
        .bind("platformId", platformId)
        .bind("displayName", displayName)
        .execute();
  }

  /** Of two threads or processes that make the same identity, the second finds the first's. */
  private long create(String platform, String platformId, String displayName) {
    return database.write(handle -> {
      long person = insertPerson(handle);
      if (insertIdentity(handle, platform, platformId, person, displayName)) {
        return person;
      }
      deletePerson(handle, person);
      return find(handle, platform, platformId).orElseThrow().id();
    });
  }

  private long insertPerson(Handle handle) {
    return handle
        .createUpdate("INSERT INTO person (created_at) VALUES (:now)")
        .bind("now", clock.instant())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  private static void deletePerson(Handle handle, long person) {
    handle.createUpdate("DELETE FROM person WHERE id = :id").bind("id", person).execute();
  }

  private static boolean insertIdentity(
      Handle handle, String platform, String platformId, long person, String displayName) {
    return handle
            .createUpdate(
                """
                INSERT INTO identity (platform, platform_id, person_id, display_name)
                VALUES (:platform, :platformId, :person, :displayName)
                ON CONFLICT DO NOTHING\
                """)
            .bind("platform", platform)
            .bind("platformId", platformId)
            .bind("person", person)
            .bind("displayName", displayName)
            .execute()
        == 1;
  }
}
