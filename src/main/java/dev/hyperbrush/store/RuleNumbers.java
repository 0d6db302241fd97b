package dev.hyperbrush.store;

import java.util.ArrayList;
import java.util.List;

/** Numbers of content rules, and whether there are others than before. Thread-safe. */
public final class RuleNumbers {
  private final Database database;

  public RuleNumbers(Database database) {
    this.database = database;
  }

  /** Numbers that no rule had before, in order. */
  public List<Long> next(int count) {
    return database.write(handle -> {
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        numbers.add(
            handle.createQuery("SELECT nextval('content_rule_number')").mapTo(Long.class).one());
      }
      return numbers;
    });
  }

  /**
   * Says which rules a scope has, without reading them: equal as long as they are the same. Rows
   * are only added, with ids that are never given again, and removed.
   */
  public String state(String scope) {
    return database.read(handle ->
        handle
            .createQuery("SELECT COUNT(*), SUM(id), MAX(id) FROM content_rule WHERE scope = :scope")
            .bind("scope", scope)
            .map((row, _) -> row.getLong(1) + "/" + row.getString(2) + "/" + row.getString(3))
            .one());
  }
}
