package dev.hyperbrush.store;

import java.time.Instant;
import java.util.List;

/** What has been kept for how long, and what it takes. Thread-safe. */
public final class RetentionDao {
  private final Database database;

  public RetentionDao(Database database) {
    this.database = database;
  }

  /** Jobs that ended before a moment, longest ago first; none with a favourite. */
  public List<Long> endedBefore(Instant moment, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id FROM job WHERE favourite = FALSE AND finished_at < :moment
                ORDER BY favourite, finished_at, id LIMIT :limit\
                """)
            .bind("moment", moment)
            .bind("limit", limit)
            .mapTo(Long.class)
            .list());
  }

  /**
   * A job with pictures.
   *
   * @param bytes of the pictures' files, which other pictures may share
   */
  public record Drawn(long jobId, long bytes) {}

  /** As {@link #endedBefore}, of jobs that have pictures. */
  public List<Drawn> drawnBefore(Instant moment, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, (SELECT SUM(bytes) FROM picture WHERE picture.job_id = job.id) AS bytes
                FROM job WHERE favourite = FALSE AND finished_at < :moment
                  AND EXISTS (SELECT 1 FROM picture WHERE picture.job_id = job.id)
                ORDER BY favourite, finished_at, id LIMIT :limit\
                """)
            .bind("moment", moment)
            .bind("limit", limit)
            .map((row, _) -> new Drawn(row.getLong("id"), row.getLong("bytes")))
            .list());
  }

  /** Bytes of all picture files; those of equal pictures count once. */
  public long pictureBytes() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COALESCE(SUM(bytes), 0) FROM
                  (SELECT sha256, MAX(bytes) AS bytes FROM picture GROUP BY sha256) AS files\
                """)
            .mapTo(Long.class)
            .one());
  }
}
