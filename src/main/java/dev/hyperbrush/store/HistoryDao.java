package dev.hyperbrush.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** What people asked for before. Thread-safe. */
public final class HistoryDao {
  /** More words than this are not looked for: each costs a pass over the person's prompts. */
  private static final int MAX_SEARCH_WORDS = 8;

  private final Database database;

  public HistoryDao(Database database) {
    this.database = database;
  }

  /**
   * A person's jobs, newest first.
   *
   * @param search words that must all be in the prompt, in any case; blank for all jobs
   * @param beforeId only jobs with a smaller id
   */
  public HistoryPage of(long personId, String search, long beforeId, int limit) {
    List<String> words =
        Arrays.stream(search.strip().toLowerCase(Locale.ROOT).split("\\s+"))
            .filter(word -> !word.isEmpty())
            .limit(MAX_SEARCH_WORDS)
            .toList();
    // One more than a page, to know whether there is another.
    List<Row> rows = database.read(handle -> history(handle, personId, words, beforeId, limit + 1));
    List<Row> page = rows.subList(0, Math.min(limit, rows.size()));
    return new HistoryPage(
        page.stream().map(Row::job).flatMap(Optional::stream).toList(),
        rows.size() > limit ? Optional.of(page.getLast().id()) : Optional.empty());
  }

  /** A row and, when it can be read, its job. */
  private record Row(long id, Optional<Job> job) {
    static Row of(ResultSet row, StatementContext context) throws SQLException {
      return new Row(row.getLong("id"), new JobRow().map(row, context));
    }
  }

  private static List<Row> history(
      Handle handle, long personId, List<String> words, long beforeId, int limit) {
    StringBuilder sql = new StringBuilder("SELECT * FROM job WHERE person_id = :person");
    for (int i = 0; i < words.size(); i++) {
      sql.append(" AND LOWER(prompt) LIKE :word").append(i).append(" ESCAPE '!'");
    }
    sql.append(" AND id < :before ORDER BY person_id DESC, id DESC LIMIT :limit");
    Query query =
        handle
            .createQuery(sql.toString())
            .bind("person", personId)
            .bind("before", beforeId)
            .bind("limit", limit);
    for (int i = 0; i < words.size(); i++) {
      query.bind("word" + i, "%" + words.get(i).replaceAll("[!%_]", "!$0") + "%");
    }
    return query.map(Row::of).list();
  }
}
