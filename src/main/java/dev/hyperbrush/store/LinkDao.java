package dev.hyperbrush.store;

import dev.hyperbrush.store.OneTimeCodeDao.Purpose;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes two people one, and one two. Thread-safe. */
public final class LinkDao {
  private final Database database;
  private final InstantSource clock;

  public LinkDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What came of a code. */
  public enum Outcome {
    /** Both are one person now: the one who was given the code. */
    JOINED,
    /** There is no such code, or not any more. */
    UNKNOWN,
    /** It is the person's own. */
    OWN
  }

  /** Joins the person who says a code to the one it was given to, with everything they have. */
  public Outcome join(String code, long personId) {
    Optional<Long> owner = database.read(handle -> owner(handle, code));
    Outcome outcome = tryToJoin(code, personId);
    database.identities().forget(personId);
    owner.ifPresent(database.identities()::forget);
    return outcome;
  }

  private Outcome tryToJoin(String code, long personId) {
    return database.write(handle -> {
      Optional<Long> owner = owner(handle, code);
      if (owner.isEmpty()) {
        return Outcome.UNKNOWN;
      }
      if (owner.get() == personId) {
        return Outcome.OWN;
      }
      // Two who say each other's codes come one after the other, and the second finds nobody.
      boolean bothThere =
          lock(handle, List.of(personId, owner.get())) == 2
              && !ErasureDao.isBegun(handle, personId)
              && !ErasureDao.isBegun(handle, owner.get());
      boolean unchanged = owner(handle, code).equals(owner);
      if (!bothThere || !unchanged || !OneTimeCodeDao.use(handle, Purpose.LINK, code)) {
        return Outcome.UNKNOWN;
      }
      PersonRows.join(handle, personId, owner.get());
      return Outcome.JOINED;
    });
  }

  private Optional<Long> owner(Handle handle, String code) {
    return OneTimeCodeDao.owner(handle, Purpose.LINK, code, clock.instant());
  }

  /** Always in the same order, so that nobody waits for one who waits for them. */
  private static int lock(Handle handle, List<Long> people) {
    int found = 0;
    for (long person : people.stream().sorted().toList()) {
      found +=
          handle
              .createQuery("SELECT id FROM person WHERE id = :id FOR UPDATE")
              .bind("id", person)
              .mapTo(Long.class)
              .list()
              .size();
    }
    return found;
  }

  /**
   * Makes an identity a person of its own, as long as another is left. What was asked for on its
   * platform goes with it, unless another identity is of that platform too; all else stays.
   *
   * @return how many jobs went with it; empty when it is the person's only one, or not theirs
   */
  public Optional<Integer> part(long personId, KnownPerson identity) {
    Optional<Integer> jobs = tryToPart(personId, identity);
    database.identities().forget(personId);
    return jobs;
  }

  private Optional<Integer> tryToPart(long personId, KnownPerson identity) {
    return database.write(handle -> {
      lock(handle, List.of(personId));
      if (count(handle, personId, "") < 2) {
        return Optional.empty();
      }
      long apart =
          handle
              .createUpdate("INSERT INTO person (created_at) VALUES (:now)")
              .bind("now", clock.instant())
              .executeAndReturnGeneratedKeys("id")
              .mapTo(Long.class)
              .one();
      int moved =
          handle
              .createUpdate(
                  """
                  UPDATE identity SET person_id = :apart WHERE person_id = :person
                    AND platform = :platform AND platform_id = :platformId\
                  """)
              .bind("apart", apart)
              .bind("person", personId)
              .bind("platform", identity.platform())
              .bind("platformId", identity.platformId())
              .execute();
      if (moved == 0) {
        handle.createUpdate("DELETE FROM person WHERE id = :id").bind("id", apart).execute();
        return Optional.empty();
      }
      boolean lastThere = count(handle, personId, identity.platform()) == 0;
      return Optional.of(
          lastThere ? PersonRows.part(handle, personId, apart, identity.platform()) : 0);
    });
  }

  private static long count(Handle handle, long personId, String platform) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM identity
            WHERE person_id = :person AND (:platform = '' OR platform = :platform)\
            """)
        .bind("person", personId)
        .bind("platform", platform)
        .mapTo(Long.class)
        .one();
  }
}
