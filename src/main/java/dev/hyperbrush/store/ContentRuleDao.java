package dev.hyperbrush.store;

import dev.hyperbrush.store.ContentRule.Effect;
import dev.hyperbrush.store.ContentRule.Exceptions;
import dev.hyperbrush.store.ContentRule.Scope;
import dev.hyperbrush.store.ContentRule.Term;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Content rules. Every change counts up the realm's revision in the same transaction, by which
 * other processes see it. Thread-safe.
 */
public final class ContentRuleDao {
  private final Database database;
  private final InstantSource clock;

  public ContentRuleDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The rules of a realm at one moment. */
  public record Revision(long number, List<ContentRule> rules) {
    public Revision {
      rules = List.copyOf(rules);
    }
  }

  /**
   * A change that is being made: what there is, what is to go and what is to come.
   *
   * @param remove ids
   */
  public record Change(List<Long> remove, List<ContentRule> add) {
    public Change {
      remove = List.copyOf(remove);
      add = List.copyOf(add);
    }
  }

  /** The rules of a realm, oldest first. */
  public Revision of(Realm realm) {
    // The number first: a change in between is then seen again, and not missed.
    return database.read(handle -> {
      long number = revision(handle, realm);
      return new Revision(number, rules(handle, realm));
    });
  }

  /** Counts the changes of a realm's rules. */
  public long revision(Realm realm) {
    return database.read(handle -> revision(handle, realm));
  }

  public Optional<ContentRule> find(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM content_rule WHERE id = :id")
            .bind("id", id)
            .map((row, _) -> rule(row))
            .findOne());
  }

  /**
   * Changes a realm's rules, all or nothing; two who do at the same time do one after the other.
   *
   * @param decide sees the rules that there are; what it throws leaves everything as it is
   * @return the added rules with their ids
   */
  public List<ContentRule> change(
      Realm realm, long person, Function<List<ContentRule>, Change> decide) {
    return database.write(handle -> {
      countUp(handle, realm);
      Change change = decide.apply(rules(handle, realm));
      change.remove().forEach(id -> remove(handle, id));
      List<ContentRule> added = new ArrayList<>();
      for (ContentRule rule : change.add()) {
        added.add(rule.withId(insert(handle, rule, person)));
      }
      return added;
    });
  }

  private static void remove(Handle handle, long id) {
    handle.createUpdate("DELETE FROM content_rule WHERE id = :id").bind("id", id).execute();
  }

  private static List<ContentRule> rules(Handle handle, Realm realm) {
    return place(
            handle.createQuery(
                """
                SELECT * FROM content_rule WHERE platform = :platform AND server = :server
                ORDER BY id\
                """),
            realm)
        .map((row, _) -> rule(row))
        .list();
  }

  private static long revision(Handle handle, Realm realm) {
    return place(
            handle.createQuery(
                """
                SELECT revision FROM rule_revision
                WHERE platform = :platform AND server = :server\
                """),
            realm)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /** Locks the realm until the transaction ends. */
  private static void countUp(Handle handle, Realm realm) {
    place(
            handle.createUpdate(
                """
                INSERT INTO rule_revision (platform, server, revision)
                VALUES (:platform, :server, 0) ON CONFLICT DO NOTHING\
                """),
            realm)
        .execute();
    place(
            handle.createUpdate(
                """
                UPDATE rule_revision SET revision = revision + 1
                WHERE platform = :platform AND server = :server\
                """),
            realm)
        .execute();
  }

  private long insert(Handle handle, ContentRule rule, long person) {
    return place(
            handle.createUpdate(
                """
                INSERT INTO content_rule (platform, server, channel, role, kind, pattern, action,
                  replacement, part, reading, reason, exceptions, created_by, created_at)
                VALUES (:platform, :server, :channel, :role, :kind, :pattern, :action,
                  :replacement, :part, :reading, :reason, :exceptions, :person, :now)\
                """),
            rule.scope().realm())
        .bind("channel", rule.scope().channel())
        .bind("role", rule.scope().role())
        .bind("kind", rule.term().kind().name())
        .bind("pattern", rule.term().pattern())
        .bind("action", rule.effect().action().name())
        .bind("replacement", rule.effect().replacement())
        .bind("part", rule.term().part().name())
        .bind("reading", rule.term().reading().name())
        .bind("reason", rule.effect().reason())
        .bind("exceptions", Json.write(rule.scope().exceptions()))
        .bind("person", person)
        .bind("now", clock.instant())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  private static <S extends SqlStatement<S>> S place(S statement, Realm realm) {
    return statement.bind("platform", realm.platform()).bind("server", realm.server());
  }

  private static ContentRule rule(ResultSet row) throws SQLException {
    return new ContentRule(
        row.getLong("id"),
        new Scope(
            new Realm(row.getString("platform"), row.getString("server")),
            Optional.ofNullable(row.getString("channel")),
            Optional.ofNullable(row.getString("role")),
            Json.read(row.getString("exceptions"), Exceptions.class)),
        new Term(
            RuleKind.valueOf(row.getString("kind")),
            row.getString("pattern"),
            RuleReading.valueOf(row.getString("reading")),
            RulePart.valueOf(row.getString("part"))),
        new Effect(
            RuleAction.valueOf(row.getString("action")),
            row.getString("replacement"),
            row.getString("reason")));
  }
}
