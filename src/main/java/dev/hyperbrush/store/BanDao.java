package dev.hyperbrush.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Who may not draw. A ban holds for every identity that the person had when it was decided, and for
 * every one that was linked to any of these since, linked or not: identities are only ever added.
 * Thread-safe.
 */
public final class BanDao {
  /** In force, and of a person {@code :person} by any identity. */
  private static final String OF_PERSON =
      """
      lifted_at IS NULL AND (ends_at IS NULL OR ends_at > :now) AND id IN (
        SELECT b.ban_id FROM ban_identity b JOIN identity i
          ON i.platform = b.platform AND i.platform_id = b.platform_id
        WHERE i.person_id = :person)\
      """;

  private final Database database;
  private final InstantSource clock;

  public BanDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Bans somebody, in place of what held for them in this realm before. */
  public Ban add(Ban ban) {
    return database.write(handle -> {
      lift(handle, ban.realm(), ban.personId());
      long id = insert(handle, ban);
      addIdentities(handle, id, ban.personId());
      return new Ban(
          id,
          ban.realm(),
          ban.personId(),
          ban.personName(),
          ban.kind(),
          ban.reason(),
          ban.createdBy(),
          ban.endsAt());
    });
  }

  private long insert(Handle handle, Ban ban) {
    return realm(
            handle.createUpdate(
                """
                INSERT INTO ban (platform, server, person_id, person_name, kind, reason,
                  created_by, created_at, ends_at)
                VALUES (:platform, :server, :person, :name, :kind, :reason, :by, :now, :ends)\
                """),
            ban.realm())
        .bind("person", ban.personId())
        .bind("name", ban.personName())
        .bind("kind", ban.kind().name())
        .bind("reason", ban.reason())
        .bind("by", ban.createdBy())
        .bind("now", clock.instant())
        .bind("ends", ban.endsAt())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  private static int addIdentities(Handle handle, long ban, long person) {
    return handle
        .createUpdate(
            """
            INSERT INTO ban_identity (platform, platform_id, ban_id)
            SELECT i.platform, i.platform_id, :ban FROM identity i WHERE i.person_id = :person
              AND NOT EXISTS (SELECT 1 FROM ban_identity b WHERE b.platform = i.platform
                AND b.platform_id = i.platform_id AND b.ban_id = :ban)
            ON CONFLICT DO NOTHING\
            """)
        .bind("ban", ban)
        .bind("person", person)
        .execute();
  }

  /** Ends what holds for a person in a realm; false when there was nothing. */
  public boolean lift(Realm realm, long personId) {
    return database.write(handle -> lift(handle, realm, personId)) > 0;
  }

  /** Ends a ban; false when it has ended. */
  public boolean lift(Ban ban) {
    return database.write(handle ->
        handle
                .createUpdate(
                    "UPDATE ban SET lifted_at = :now WHERE id = :id AND lifted_at IS NULL")
                .bind("now", clock.instant())
                .bind("id", ban.id())
                .execute()
            == 1);
  }

  private int lift(Handle handle, Realm realm, long person) {
    return realm(
            handle.createUpdate(
                "UPDATE ban SET lifted_at = :now"
                    + " WHERE platform = :platform AND server = :server AND "
                    + OF_PERSON),
            realm)
        .bind("now", clock.instant())
        .bind("person", person)
        .execute();
  }

  /** Bans that hold for a person on a server and everywhere, those for everywhere first. */
  public List<Ban> holding(long personId, Realm here) {
    return database.read(handle ->
        realm(
                handle.createQuery(
                    "SELECT * FROM ban WHERE (platform = '' OR"
                        + " (platform = :platform AND server = :server)) AND "
                        + OF_PERSON
                        + " ORDER BY platform, id DESC"),
                here)
            .bind("now", clock.instant())
            .bind("person", personId)
            .map(BanDao::ban)
            .list());
  }

  /** Lets a ban hold for identities that were linked since it was decided. */
  public void follow(Ban ban, long personId) {
    if (database.read(handle -> isIncomplete(handle, ban.id(), personId))) {
      database.write(handle -> addIdentities(handle, ban.id(), personId));
    }
  }

  private static boolean isIncomplete(Handle handle, long ban, long person) {
    return handle
            .createQuery(
                """
                SELECT COUNT(*) FROM identity i WHERE i.person_id = :person
                  AND NOT EXISTS (SELECT 1 FROM ban_identity b WHERE b.platform = i.platform
                    AND b.platform_id = i.platform_id AND b.ban_id = :ban)\
                """)
            .bind("person", person)
            .bind("ban", ban)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** A ban in force. */
  public Optional<Ban> find(long id) {
    return list("id = :id", query -> query.bind("id", id)).stream().findFirst();
  }

  /** Bans in force of a realm, newest first, before {@code beforeId}. */
  public List<Ban> of(Realm realm, long beforeId, int limit) {
    return list(
        "platform = :platform AND server = :server AND id < :before ORDER BY id DESC LIMIT :limit",
        query -> realm(query, realm).bind("before", beforeId).bind("limit", limit));
  }

  private List<Ban> list(String which, UnaryOperator<Query> bind) {
    String sql =
        "SELECT * FROM ban"
            + " WHERE lifted_at IS NULL AND (ends_at IS NULL OR ends_at > :now) AND "
            + which;
    return database.read(handle ->
        bind.apply(handle.createQuery(sql).bind("now", clock.instant())).map(BanDao::ban).list());
  }

  private static <S extends SqlStatement<S>> S realm(S statement, Realm realm) {
    return statement.bind("platform", realm.platform()).bind("server", realm.server());
  }

  private static Ban ban(ResultSet row, StatementContext context) throws SQLException {
    return new Ban(
        row.getLong("id"),
        new Realm(row.getString("platform"), row.getString("server")),
        row.getLong("person_id"),
        row.getString("person_name"),
        BanKind.valueOf(row.getString("kind")),
        row.getString("reason"),
        row.getLong("created_by"),
        Optional.ofNullable(row.getObject("ends_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
