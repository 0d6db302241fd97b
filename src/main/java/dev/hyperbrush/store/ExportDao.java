package dev.hyperbrush.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.result.ResultIterator;

/** What a person is handed of their own. Thread-safe. */
public final class ExportDao {
  private final Database database;

  public ExportDao(Database database) {
    this.database = database;
  }

  /**
   * Some of a person's jobs, with as much of pictures as fits into one file.
   *
   * @param firstJob the smallest id of them
   * @param endJob the first id behind them
   * @param bytes of all picture files
   */
  public record Part(long firstJob, long endJob, long jobs, long pictures, long bytes) {}

  /** All of a person's jobs in parts of so many bytes of pictures, or of one job that has more. */
  public List<Part> parts(long personId, long bytes) {
    return database.read(handle -> {
      List<Part> parts = new ArrayList<>();
      try (ResultIterator<Part> jobs =
          handle
              .createQuery(
                  """
                  SELECT job.id, COUNT(picture.job_id) AS pictures,
                    COALESCE(SUM(picture.bytes), 0) AS bytes
                  FROM job LEFT JOIN picture ON picture.job_id = job.id
                  WHERE job.person_id = :person GROUP BY job.id ORDER BY job.id\
                  """)
              .bind("person", personId)
              .setFetchSize(1000)
              .map((row, _) ->
                  new Part(
                      row.getLong("id"),
                      row.getLong("id") + 1,
                      1,
                      row.getLong("pictures"),
                      row.getLong("bytes")))
              .iterator()) {
        jobs.forEachRemaining(job -> add(parts, job, bytes));
      }
      return parts;
    });
  }

  private static void add(List<Part> parts, Part job, long bytes) {
    if (parts.isEmpty() || parts.getLast().bytes() + job.bytes() > bytes) {
      parts.add(job);
    } else {
      Part last = parts.removeLast();
      parts.add(
          new Part(
              last.firstJob(),
              job.endJob(),
              last.jobs() + 1,
              last.pictures() + job.pictures(),
              last.bytes() + job.bytes()));
    }
  }

  /** All else about a person, as rows by what they are; times as text. */
  public Map<String, List<Map<String, Object>>> records(long personId) {
    return database.read(handle -> {
      Map<String, List<Map<String, Object>>> records = new LinkedHashMap<>();
      PersonRows.EXPORT.forEach((name, sql) ->
          records.put(
              name,
              PersonRows.bound(handle.createQuery(sql), personId).mapToMap().list().stream()
                  .map(ExportDao::readable)
                  .toList()));
      return records;
    });
  }

  private static Map<String, Object> readable(Map<String, Object> row) {
    Map<String, Object> values = new LinkedHashMap<>();
    row.forEach((name, value) -> {
      if (value != null) {
        boolean plain = value instanceof Number || value instanceof Boolean;
        values.put(name, plain ? value : value.toString());
      }
    });
    return values;
  }
}
