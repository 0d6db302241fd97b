package dev.hyperbrush.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What people asked for before. Thread-safe.
 *
 * <p>Pages are read off an index of the person's jobs. Words are looked for in the prompts
 * themselves, so that parts of words and languages without spaces are found; a page looks through
 * so many jobs at most, and says where to go on, so that its time has a limit however long somebody
 * has drawn.
 */
public final class HistoryDao {
  /** How many jobs a page looks through. */
  static final int WINDOW = 20_000;

  /** More words than this are not looked for. */
  private static final int MAX_SEARCH_WORDS = 8;

  /** Jobs are numbered in the order they were accepted, but for what overlapped. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private final Database database;

  public HistoryDao(Database database) {
    this.database = database;
  }

  /**
   * A person's jobs, newest first.
   *
   * @param beforeId only jobs with a smaller id; {@link Long#MAX_VALUE} for all
   */
  public HistoryPage before(long personId, HistoryFilter filter, long beforeId, int limit) {
    Optional<Long> after =
        beforeId == Long.MAX_VALUE ? Optional.empty() : Optional.of(beforeId - 1);
    return database.read(handle -> {
      Optional<Range> range = range(handle, personId, filter, 0, beforeId);
      if (range.isEmpty()) {
        return new HistoryPage(List.of(), Optional.empty(), after);
      }
      Found found = new Walk(personId, filter, range.get(), false).find(handle, limit);
      return new HistoryPage(found.jobs(), found.next(), after);
    });
  }

  /**
   * A person's jobs that follow one, newest first.
   *
   * @param afterId only jobs with a larger id
   */
  public HistoryPage after(long personId, HistoryFilter filter, long afterId, int limit) {
    Optional<Long> before = Optional.of(afterId + 1);
    return database.read(handle -> {
      Optional<Range> range = range(handle, personId, filter, afterId, Long.MAX_VALUE);
      if (range.isEmpty()) {
        return new HistoryPage(List.of(), before, Optional.empty());
      }
      Found found = new Walk(personId, filter, range.get(), true).find(handle, limit);
      return new HistoryPage(found.jobs().reversed(), before, found.next());
    });
  }

  /** Ids that can be meant, both ends excluded. */
  private record Range(long above, long below) {}

  /** Cuts off what dates leave out; empty when they leave nothing. */
  private static Optional<Range> range(
      Handle handle, long personId, HistoryFilter filter, long above, long below) {
    long first = above;
    long last = below;
    if (filter.since().isPresent()) {
      Optional<Long> oldest = nearest(handle, personId, filter.since().get().minus(OVERLAP), ">=");
      if (oldest.isEmpty()) {
        return Optional.empty();
      }
      first = Math.max(first, oldest.get() - 1);
    }
    if (filter.until().isPresent()) {
      Optional<Long> newest = nearest(handle, personId, filter.until().get().plus(OVERLAP), "<");
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      last = Math.min(last, newest.get() + 1);
    }
    return Optional.of(new Range(first, last));
  }

  /** The person's first job at or behind a moment, or the last one before it. */
  private static Optional<Long> nearest(Handle handle, long personId, Instant at, String side) {
    String order = side.equals("<") ? "DESC" : "ASC";
    return handle
        .createQuery(
            """
            SELECT id FROM job WHERE person_id = :person AND created_at %s :at
            ORDER BY person_id %s, created_at %s, id %s LIMIT 1\
            """
                .formatted(side, order, order, order))
        .bind("person", personId)
        .bind("at", at)
        .mapTo(Long.class)
        .findOne();
  }

  /**
   * What a walk has found.
   *
   * @param next the id to go on from, excluded; empty at the end
   */
  private record Found(List<Job> jobs, Optional<Long> next) {}

  /** A row and, when it can be read, its job. */
  private record Row(long id, Optional<Job> job) {
    static Row of(ResultSet row, StatementContext context) throws SQLException {
      return new Row(row.getLong("id"), new JobRow().map(row, context));
    }
  }

  /**
   * One way through a person's jobs.
   *
   * @param upwards from the oldest to the newest
   */
  private record Walk(long personId, HistoryFilter filter, Range range, boolean upwards) {
    Found find(Handle handle, int limit) {
      Optional<Long> end = filters() ? endOfWindow(handle) : Optional.empty();
      // One more than a page, to know whether there is another.
      List<Row> rows = end.map(this::upTo).orElse(this).rows(handle, limit + 1);
      List<Row> page = rows.subList(0, Math.min(limit, rows.size()));
      List<Job> jobs = page.stream().map(Row::job).flatMap(Optional::stream).toList();
      return new Found(jobs, rows.size() > limit ? Optional.of(page.getLast().id()) : end);
    }

    /** Whether jobs are looked at that are not found. */
    private boolean filters() {
      return !words().isEmpty() || filter.model().isPresent() || filter.state().isPresent();
    }

    /** The last job to be looked at; empty when there are not that many. */
    private Optional<Long> endOfWindow(Handle handle) {
      String sql = select("id") + orderBy() + " LIMIT 1 OFFSET " + (WINDOW - 1);
      return bound(handle, sql).mapTo(Long.class).findOne();
    }

    private Walk upTo(long last) {
      Range rest =
          upwards ? new Range(range.above(), last + 1) : new Range(last - 1, range.below());
      return new Walk(personId, filter, rest, upwards);
    }

    private List<Row> rows(Handle handle, int limit) {
      StringBuilder sql = new StringBuilder(select("*"));
      List<String> words = words();
      for (int i = 0; i < words.size(); i++) {
        sql.append(" AND LOWER(prompt) LIKE :word").append(i).append(" ESCAPE '!'");
      }
      filter.model().ifPresent(model -> sql.append(" AND model = :model"));
      filter.state().ifPresent(state -> sql.append(" AND state = :state"));
      filter.since().ifPresent(since -> sql.append(" AND created_at >= :since"));
      filter.until().ifPresent(until -> sql.append(" AND created_at < :until"));
      sql.append(orderBy()).append(" LIMIT :limit");
      Query query = bound(handle, sql.toString()).bind("limit", limit);
      for (int i = 0; i < words.size(); i++) {
        query.bind("word" + i, "%" + words.get(i).replaceAll("[!%_]", "!$0") + "%");
      }
      filter.model().ifPresent(model -> query.bind("model", model));
      filter.state().ifPresent(state -> query.bind("state", state.name()));
      filter.since().ifPresent(since -> query.bind("since", since));
      filter.until().ifPresent(until -> query.bind("until", until));
      return query.map(Row::of).list();
    }

    private String select(String columns) {
      return "SELECT "
          + columns
          + " FROM job WHERE person_id = :person AND id > :above AND id < :below"
          + (filter.favourites() ? " AND favourite = TRUE" : "");
    }

    /** H2 reads the order off an index only when it names all columns of that, in its order. */
    private String orderBy() {
      String order = upwards ? " ASC" : " DESC";
      return " ORDER BY person_id"
          + order
          + (filter.favourites() ? ", favourite" + order : "")
          + ", id"
          + order;
    }

    private Query bound(Handle handle, String sql) {
      return handle
          .createQuery(sql)
          .bind("person", personId)
          .bind("above", range.above())
          .bind("below", range.below());
    }

    private List<String> words() {
      return Arrays.stream(filter.words().strip().toLowerCase(Locale.ROOT).split("\\s+"))
          .filter(word -> !word.isEmpty())
          .limit(MAX_SEARCH_WORDS)
          .toList();
    }
  }
}
