package dev.hyperbrush.store;

import dev.hyperbrush.generation.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Codes that work once and not for long. Only their hashes are kept, so that nobody who reads the
 * database can use one. Thread-safe.
 */
public final class OneTimeCodeDao {
  /** How long codes are counted after they were given out. */
  public static final Duration COUNTED = Duration.ofHours(1);

  private final Database database;
  private final InstantSource clock;

  public OneTimeCodeDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What a code is for. The names are what the database holds. */
  public enum Purpose {
    LINK,
    FORGET
  }

  /** Gives out a code, which may be used once until {@code valid} has passed. */
  public void issue(long personId, Purpose purpose, String code, Duration valid) {
    Instant now = clock.instant();
    database.write(handle -> {
      handle
          .createUpdate("DELETE FROM one_time_code WHERE created_at < :old AND expires_at < :now")
          .bind("old", now.minus(COUNTED))
          .bind("now", now)
          .execute();
      return handle
          .createUpdate(
              """
              INSERT INTO one_time_code (code_hash, person_id, purpose, created_at, expires_at)
              VALUES (:hash, :person, :purpose, :now, :expires)\
              """)
          .bind("hash", hash(purpose, code))
          .bind("person", personId)
          .bind("purpose", purpose.name())
          .bind("now", now)
          .bind("expires", now.plus(valid))
          .execute();
    });
  }

  /** How many codes a person has been given lately. */
  public int issued(long personId, Purpose purpose) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM one_time_code
                WHERE person_id = :person AND purpose = :purpose AND created_at > :since\
                """)
            .bind("person", personId)
            .bind("purpose", purpose.name())
            .bind("since", clock.instant().minus(COUNTED))
            .mapTo(Integer.class)
            .one());
  }

  /** Uses up a code that was given to this person; false when it is none, or no more. */
  public boolean redeem(long personId, Purpose purpose, String code) {
    return database.write(handle ->
        owner(handle, purpose, code, clock.instant()).filter(owner -> owner == personId).isPresent()
            && use(handle, purpose, code));
  }

  /** Whose code this is, while it can be used. */
  static Optional<Long> owner(Handle handle, Purpose purpose, String code, Instant now) {
    return handle
        .createQuery(
            """
            SELECT person_id FROM one_time_code
            WHERE code_hash = :hash AND expires_at > :now AND used = FALSE\
            """)
        .bind("hash", hash(purpose, code))
        .bind("now", now)
        .mapTo(Long.class)
        .findOne();
  }

  /** Of several who use a code at the same time, one is told that it did. */
  static boolean use(Handle handle, Purpose purpose, String code) {
    return handle
            .createUpdate(
                "UPDATE one_time_code SET used = TRUE WHERE code_hash = :hash AND used = FALSE")
            .bind("hash", hash(purpose, code))
            .execute()
        == 1;
  }

  /** Counts a guess that was wrong. */
  public void addWrong(long personId) {
    database.write(handle ->
        handle
            .createUpdate("INSERT INTO wrong_code (person_id, at) VALUES (:person, :now)")
            .bind("person", personId)
            .bind("now", clock.instant())
            .execute());
  }

  /** How often a person has guessed wrong lately. */
  public int wrong(long personId) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT COUNT(*) FROM wrong_code WHERE person_id = :person AND at > :since")
            .bind("person", personId)
            .bind("since", clock.instant().minus(COUNTED))
            .mapTo(Integer.class)
            .one());
  }

  private static String hash(Purpose purpose, String code) {
    return Sha256.of(purpose + ":" + code);
  }
}
