package dev.hyperbrush.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

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
  public List<Job> of(long personId, String search, long beforeId, int limit) {
    List<String> words =
        Arrays.stream(search.strip().toLowerCase(Locale.ROOT).split("\\s+"))
            .filter(word -> !word.isEmpty())
            .limit(MAX_SEARCH_WORDS)
            .toList();
    return database.read(handle -> history(handle, personId, words, beforeId, limit));
  }

  private static List<Job> history(
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
    return JobRow.list(query);
  }
}
