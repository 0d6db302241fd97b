package dev.hyperbrush.store;

import java.util.List;
import java.util.Optional;

/** Reads whose jobs wait, for those who keep the queue fair. Thread-safe. */
public final class BacklogDao {
  private final Database database;

  public BacklogDao(Database database) {
    this.database = database;
  }

  /** Who has most work in the queue, most first. Reads all of the queue. */
  public List<Backlogged> people(int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) AS jobs, SUM(cost) AS work, MAX(weight) AS weight,
                  MAX(weight) / SUM(MAX(weight)) OVER () AS share,
                  (SELECT MIN(display_name) FROM identity
                    WHERE identity.person_id = job.person_id) AS name
                FROM job WHERE state IN ('QUEUED', 'RUNNING')
                GROUP BY person_id ORDER BY SUM(cost) DESC, person_id LIMIT :limit\
                """)
            .bind("limit", limit)
            .map((row, _) ->
                new Backlogged(
                    Optional.ofNullable(row.getString("name")),
                    row.getInt("jobs"),
                    row.getLong("work"),
                    row.getDouble("weight"),
                    row.getDouble("share")))
            .list());
  }
}
