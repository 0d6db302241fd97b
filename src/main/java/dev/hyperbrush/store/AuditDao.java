package dev.hyperbrush.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What moderators did. Entries are added and read, and there is no way to change one. Thread-safe.
 */
public final class AuditDao {
  private final Database database;
  private final InstantSource clock;

  public AuditDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** An entry as it stands in the list. */
  public record Logged(long id, Instant at, AuditEntry entry) {}

  /** Adds an entry; it is committed when this returns. */
  public void add(AuditEntry entry) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO audit
                  (at, platform, server, actor, actor_name, action, person_id, subject, reason)
                VALUES (:at, :platform, :server, :actor, :actorName, :action, :person, :subject,
                  :reason)\
                """)
            .bind("at", clock.instant())
            .bind("platform", entry.realm().platform())
            .bind("server", entry.realm().server())
            .bind("actor", entry.actor())
            .bind("actorName", entry.actorName())
            .bind("action", entry.action().name())
            .bind("person", entry.person())
            .bind("subject", entry.subject())
            .bind("reason", entry.reason())
            .execute());
  }

  /**
   * The newest entries of a realm before {@code beforeId}, newest first; of all realms when it is
   * everywhere.
   */
  public List<Logged> newest(Realm realm, long beforeId, int limit) {
    String place = realm.isEverywhere() ? "" : "platform = :platform AND server = :server AND ";
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM audit WHERE " + place + "id < :before ORDER BY id DESC LIMIT :limit")
            .bindMap(
                realm.isEverywhere()
                    ? Map.of()
                    : Map.of("platform", realm.platform(), "server", realm.server()))
            .bind("before", beforeId)
            .bind("limit", limit)
            .map((row, _) -> logged(row))
            .list());
  }

  private static Logged logged(ResultSet row) throws SQLException {
    long person = row.getLong("person_id");
    Optional<Long> target = row.wasNull() ? Optional.empty() : Optional.of(person);
    return new Logged(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        new AuditEntry(
            new Realm(row.getString("platform"), row.getString("server")),
            row.getLong("actor"),
            row.getString("actor_name"),
            AuditAction.valueOf(row.getString("action")),
            target,
            row.getString("subject"),
            row.getString("reason")));
  }
}
