package dev.hyperbrush.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Jobs that have not ended, and where their ends will be told. Thread-safe. */
public final class UnderWayDao {
  private final Database database;

  public UnderWayDao(Database database) {
    this.database = database;
  }

  /**
   * A job that has not ended.
   *
   * @param platform that it was asked for on
   * @param held whether a moderator looks at it first
   */
  public record UnderWay(long jobId, String platform, boolean held) {}

  /** The jobs of these platforms that are held, wait or are drawn, oldest first. */
  public List<UnderWay> of(Collection<String> platforms, int limit) {
    if (platforms.isEmpty()) {
      return List.of(); // an empty list is an error in SQL
    }
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, platform, state FROM job
                WHERE state IN ('HELD', 'QUEUED', 'RUNNING') AND platform IN (<platforms>)
                ORDER BY id LIMIT :limit\
                """)
            .bindList("platforms", platforms)
            .bind("limit", limit)
            .map((row, _) ->
                new UnderWay(
                    row.getLong("id"),
                    row.getString("platform"),
                    row.getString("state").equals(JobState.HELD.name())))
            .list());
  }

  /** How the end of a job reaches its person, as it stands now; empty when it has ended. */
  public Optional<Route> route(long jobId) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT route FROM job WHERE id = :job AND state IN ('HELD', 'QUEUED', 'RUNNING')")
            .bind("job", jobId)
            .map((row, _) -> Route.read(row.getString("route")))
            .findOne());
  }
}
