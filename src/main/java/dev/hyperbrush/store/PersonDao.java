package dev.hyperbrush.store;

import dev.hyperbrush.store.Identities.Identity;
import dev.hyperbrush.store.Identities.Known;
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
    return profile(platform, platformId, displayName).id();
  }

  /** As {@link #idOf}, with what the person has chosen. */
  public Profile profile(String platform, String platformId, String displayName) {
    Identity identity = new Identity(platform, platformId);
    Identities identities = database.identities();
    return identities
        .find(identity)
        .filter(known -> known.displayName().equals(displayName))
        .orElseGet(() -> {
          long before = identities.beforeReading();
          Known read = read(identity, displayName);
          identities.remember(identity, read, before);
          return read;
        })
        .person();
  }

  /**
   * As {@link #profile}, as it is when everything is committed that is being written: what is kept,
   * and what can be read without waiting, may be of before.
   */
  public Profile afresh(String platform, String platformId, String displayName) {
    Identity identity = new Identity(platform, platformId);
    Optional<Known> known = database.write(handle -> find(handle, identity));
    known.map(Known::person).map(Profile::id).ifPresent(this::forget);
    return known.map(Known::person).orElseGet(() -> profile(platform, platformId, displayName));
  }

  /**
   * Call when a person's identities have changed or gone, after that is committed: they are not
   * read each time.
   */
  public void forget(long personId) {
    database.identities().forget(personId);
  }

  private Known read(Identity identity, String displayName) {
    Optional<Known> known = database.read(handle -> find(handle, identity));
    if (known.isEmpty()) {
      return database.write(handle -> create(handle, identity, displayName));
    } else if (!known.get().displayName().equals(displayName)) {
      database.write(handle -> rename(handle, identity, displayName));
    }
    return new Known(known.get().person(), displayName);
  }

  private static Optional<Known> find(Handle handle, Identity identity) {
    return handle
        .createQuery(
            """
            SELECT person.id, person.language, identity.display_name
            FROM identity JOIN person ON person.id = identity.person_id
            WHERE identity.platform = :platform AND identity.platform_id = :platformId\
            """)
        .bind("platform", identity.platform())
        .bind("platformId", identity.platformId())
        .map((row, _) ->
            new Known(
                new Profile(row.getLong("id"), Optional.ofNullable(row.getString("language"))),
                row.getString("display_name")))
        .findOne();
  }

  /**
   * Chooses the language in which a person is answered.
   *
   * @param language its tag; empty for that of each platform
   */
  public void speak(long personId, Optional<String> language) {
    database.write(handle ->
        handle
            .createUpdate("UPDATE person SET language = :language WHERE id = :person")
            .bind("language", language)
            .bind("person", personId)
            .execute());
    forget(personId);
  }

  private static int rename(Handle handle, Identity identity, String displayName) {
    return handle
        .createUpdate(
            """
            UPDATE identity SET display_name = :displayName
            WHERE platform = :platform AND platform_id = :platformId\
            """)
        .bind("platform", identity.platform())
        .bind("platformId", identity.platformId())
        .bind("displayName", displayName)
        .execute();
  }

  /** Of two threads or processes that make the same identity, the second finds the first's. */
  private Known create(Handle handle, Identity identity, String displayName) {
    long person = insertPerson(handle);
    if (insertIdentity(handle, identity, person, displayName)) {
      return new Known(new Profile(person, Optional.empty()), displayName);
    }
    deletePerson(handle, person);
    return find(handle, identity).orElseThrow();
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
      Handle handle, Identity identity, long person, String displayName) {
    return handle
            .createUpdate(
                """
                INSERT INTO identity (platform, platform_id, person_id, display_name)
                VALUES (:platform, :platformId, :person, :displayName)
                ON CONFLICT DO NOTHING\
                """)
            .bind("platform", identity.platform())
            .bind("platformId", identity.platformId())
            .bind("person", person)
            .bind("displayName", displayName)
            .execute()
        == 1;
  }
}
