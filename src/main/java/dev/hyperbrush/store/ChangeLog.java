package dev.hyperbrush.store;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Changes things and remembers who changed what, when, from what to what, so that it can be taken
 * back. Thread-safe.
 *
 * <p>A change and its entry are one transaction. Of two people who change the same thing at once
 * the later one changes what the earlier one made of it: for each key, every entry begins with the
 * content that the entry before it ended with.
 */
public final class ChangeLog {
  /** Each try that fails means that somebody else succeeded. */
  private static final int TRIES = 1000;

  private final Database database;
  private final InstantSource clock;
  private final Map<String, Undoable> kinds = new HashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /**
   * A log.
   *
   * @param undoables everything that is changed through it
   */
  public ChangeLog(Database database, InstantSource clock, List<? extends Undoable> undoables) {
    this.database = database;
    this.clock = clock;
    undoables.forEach(undoable -> kinds.put(undoable.kind(), undoable));
  }

  /** Tells {@code listener} of every change made here, after it is committed. */
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /**
   * Gives one thing a content, or removes it.
   *
   * @return the change; empty when that is how it was
   */
  public Optional<Change> set(Author author, String kind, String key, Optional<String> content) {
    return setAll(author, kind, Map.of(key, content)).stream().findFirst();
  }

  /** All or nothing, each with an entry of its own. */
  public List<Change> setAll(Author author, String kind, Map<String, Optional<String>> contents) {
    // Always in the same order, so that two who change several never wait for each other.
    Map<String, Optional<String>> sorted = new TreeMap<>(contents);
    return told(
        retried(handle -> {
          List<Change> changes = new ArrayList<>();
          for (Map.Entry<String, Optional<String>> one : sorted.entrySet()) {
            Optional<String> before = kind(kind).current(handle, one.getKey());
            if (!before.equals(one.getValue())) {
              changes.add(
                  change(
                      handle,
                      author,
                      kind,
                      one.getKey(),
                      before,
                      one.getValue(),
                      Optional.empty()));
            }
          }
          return changes;
        }));
  }

  /**
   * Makes one thing that must not be there yet.
   *
   * @return empty, with nothing changed, when it is there
   */
  public Optional<Change> create(Author author, String kind, String key, String content) {
    return told(
            retried(handle ->
                kind(kind).current(handle, key).isPresent()
                    ? List.of()
                    : List.of(
                        change(
                            handle,
                            author,
                            kind,
                            key,
                            Optional.empty(),
                            Optional.of(content),
                            Optional.empty()))))
        .stream()
        .findFirst();
  }

  /**
   * Makes a thing again what it was before a change. That is a change too, of the same place.
   * Whoever asks must be allowed to: {@link #find} tells the place.
   *
   * @param force even when it was changed since
   * @throws Refusal when there is no such change, nothing to take back, or it was changed since
   */
  public Change undo(long personId, long id, boolean force) {
    return told(retried(handle -> List.of(undo(handle, personId, id, force)))).getFirst();
  }

  private Change undo(Handle handle, long personId, long id, boolean force) {
    Change undone = find(handle, id).orElseThrow(() -> new Refusal(ReasonCode.CHANGE_UNKNOWN, id));
    if (!kinds.containsKey(undone.kind())) {
      throw new Refusal(ReasonCode.CHANGE_NOT_UNDOABLE, id);
    }
    Optional<String> now = kind(undone.kind()).current(handle, undone.key());
    if (now.equals(undone.before())) {
      throw new Refusal(ReasonCode.CHANGE_UNDONE, id, brief(now));
    }
    if (!now.equals(undone.after()) && !force) {
      throw new Refusal(ReasonCode.CHANGE_OVERTAKEN, id, brief(now), brief(undone.before()));
    }
    Author author = new Author(personId, undone.place());
    return change(
        handle, author, undone.kind(), undone.key(), now, undone.before(), Optional.of(id));
  }

  private static String brief(Optional<String> content) {
    return content.map(Shown::brief).orElse("–");
  }

  public Optional<Change> find(long id) {
    return database.read(handle -> find(handle, id));
  }

  private static Optional<Change> find(Handle handle, long id) {
    return handle
        .createQuery(SELECT + " WHERE c.id = :id")
        .bind("id", id)
        .map((row, _) -> change(row))
        .findOne();
  }

  /**
   * Entries, newest first.
   *
   * @param place of these alone; empty for all places
   * @param search part of the kind, the key or the contents, in any case; empty for all
   * @param before only with smaller numbers
   */
  public List<Change> list(Optional<String> place, String search, long before, int count) {
    String sql =
        SELECT
            + (place.isEmpty() ? " WHERE" : " WHERE c.place = :place AND")
            + """
             c.id < :before
            AND LOWER(c.kind || ' ' || c.entity || ' ' || COALESCE(c.content_before, '')
              || ' ' || COALESCE(c.content_after, '')) LIKE :search ESCAPE '!'
            ORDER BY c.id DESC LIMIT :count\
            """;
    String pattern = search.strip().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
    return database.read(handle -> {
      Query query =
          handle
              .createQuery(sql)
              .bind("before", before)
              .bind("search", "%" + pattern + "%")
              .bind("count", count);
      place.ifPresent(one -> query.bind("place", one));
      return query.map((row, _) -> change(row)).list();
    });
  }

  /** A change whose thing has not been what was expected is tried again from the start. */
  private List<Change> retried(Work work) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<List<Change>> done =
          database.write(handle -> {
            try {
              return Optional.of(work.run(handle));
            } catch (Overtaken e) {
              handle.rollback();
              return Optional.empty();
            }
          });
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw new IllegalStateException("overtaken " + TRIES + " times");
  }

  @FunctionalInterface
  private interface Work {
    List<Change> run(Handle handle);
  }

  /** Somebody else was faster. */
  private static final class Overtaken extends RuntimeException {}

  private List<Change> told(List<Change> changes) {
    changes.forEach(change -> listeners.forEach(listener -> listener.accept(change)));
    return changes;
  }

  private Undoable kind(String name) {
    return Optional.ofNullable(kinds.get(name)).orElseThrow();
  }

  private Change change(
      Handle handle,
      Author author,
      String kind,
      String key,
      Optional<String> before,
      Optional<String> after,
      Optional<Long> undoes) {
    if (!kind(kind).replace(handle, key, before, after)) {
      throw new Overtaken();
    }
    Instant now = clock.instant();
    long id =
        handle
            .createUpdate(
                """
                INSERT INTO change (changed_at, person_id, place, kind, entity,
                  content_before, content_after, undoes)
                VALUES (:now, :person, :place, :kind, :entity, :before, :after, :undoes)\
                """)
            .bind("now", now)
            .bind("person", author.personId())
            .bind("place", author.place())
            .bind("kind", kind)
            .bind("entity", key)
            .bind("before", before.orElse(null))
            .bind("after", after.orElse(null))
            .bind("undoes", undoes.orElse(null))
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    return new Change(
        id, now, author.personId(), "", author.place(), kind, key, before, after, undoes);
  }

  private static final String SELECT =
      """
      SELECT c.*, (SELECT MIN(display_name) FROM identity i WHERE i.person_id = c.person_id) AS who
      FROM change c\
      """;

  private static Change change(ResultSet row) throws SQLException {
    long undoes = row.getLong("undoes");
    Optional<Long> undone = row.wasNull() ? Optional.empty() : Optional.of(undoes);
    return new Change(
        row.getLong("id"),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        row.getLong("person_id"),
        Optional.ofNullable(row.getString("who")).orElse(""),
        row.getString("place"),
        row.getString("kind"),
        row.getString("entity"),
        Optional.ofNullable(row.getString("content_before")),
        Optional.ofNullable(row.getString("content_after")),
        undone);
  }
}
