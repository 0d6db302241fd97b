package dev.hyperbrush.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Pictures that people want moderators to look at. Thread-safe. */
public final class ReportDao {
  private final Database database;
  private final InstantSource clock;

  public ReportDao(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A picture that was reported.
   *
   * @param words what people said of it, in the order in which they did; empty ones left out
   * @param people how many they are
   */
  public record Reported(Job job, int people, List<String> words) {
    public Reported {
      words = List.copyOf(words);
    }
  }

  /** Adds a report; false when the person has reported the job before. */
  public boolean add(Job job, Realm realm, long personId, String words) {
    Instant now = clock.instant();
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    INSERT INTO report (job_id, person_id, platform, server, words, created_at)
                    VALUES (:job, :person, :platform, :server, :words, :now)
                    ON CONFLICT DO NOTHING\
                    """)
                .bind("job", job.id())
                .bind("person", personId)
                .bind("platform", realm.platform())
                .bind("server", realm.server())
                .bind("words", words)
                .bind("now", now)
                .execute()
            == 1);
  }

  /** Jobs of a realm that nobody has seen to yet, oldest first; of all when it is everywhere. */
  public List<Reported> open(Realm realm, int limit) {
    return database.read(handle -> {
      String place = realm.isEverywhere() ? "" : "platform = :platform AND server = :server AND ";
      Query ids =
          handle
              .createQuery(
                  "SELECT DISTINCT job_id FROM report WHERE "
                      + place
                      + "settled = FALSE ORDER BY job_id LIMIT :limit")
              .bind("limit", limit);
      if (!realm.isEverywhere()) {
        ids.bind("platform", realm.platform()).bind("server", realm.server());
      }
      List<Reported> open = new ArrayList<>();
      for (long id : ids.mapTo(Long.class).list()) {
        JobDao.find(handle, id).map(job -> reported(handle, job)).ifPresent(open::add);
      }
      return open;
    });
  }

  private static Reported reported(Handle handle, Job job) {
    Map<Long, String> words = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            SELECT person_id, words FROM report WHERE job_id = :job AND settled = FALSE
            ORDER BY created_at, person_id\
            """)
        .bind("job", job.id())
        .map((row, _) -> words.put(row.getLong("person_id"), row.getString("words")))
        .list();
    return new Reported(
        job, words.size(), words.values().stream().filter(said -> !said.isEmpty()).toList());
  }

  /** A moderator of the realm has seen to a job; false when nobody had reported it there. */
  public boolean settle(Realm realm, long jobId) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE report SET settled = TRUE WHERE job_id = :job AND settled = FALSE
                      AND (:all OR (platform = :platform AND server = :server))\
                    """)
                .bind("job", jobId)
                .bind("all", realm.isEverywhere())
                .bind("platform", realm.platform())
                .bind("server", realm.server())
                .execute()
            > 0);
  }
}
