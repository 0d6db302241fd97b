package dev.hyperbrush.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How fast machines have drawn with models. Thread-safe. */
public final class SpeedDao {
  private final Database database;

  public SpeedDao(Database database) {
    this.database = database;
  }

  /**
   * What a machine has drawn with a model, newer jobs counting more.
   *
   * @param work in pixel-steps
   */
  public record Speed(String machine, String model, double work, double seconds, Instant drawnAt) {
    public double pixelStepsPerSecond() {
      return work / seconds;
    }
  }

  /**
   * Adds a job that was drawn.
   *
   * @param keep share of what was known before that still counts
   */
  public void add(
      String machine, String model, long work, Duration took, double keep, Instant now) {
    Speed drawn = new Speed(machine, model, work, took.toNanos() / 1e9, now);
    database.write(handle -> {
      boolean known = update(handle, drawn, keep);
      return known || insert(handle, drawn) || update(handle, drawn, keep);
    });
  }

  private static boolean update(Handle handle, Speed drawn, double keep) {
    return handle
            .createUpdate(
                """
                UPDATE drawing_speed
                SET work = work * :keep + :work, seconds = seconds * :keep + :seconds,
                  drawn_at = :drawnAt
                WHERE machine = :machine AND model = :model\
                """)
            .bind("keep", keep)
            .bindMethods(drawn)
            .execute()
        == 1;
  }

  private static boolean insert(Handle handle, Speed drawn) {
    return handle
            .createUpdate(
                """
                INSERT INTO drawing_speed (machine, model, work, seconds, drawn_at)
                VALUES (:machine, :model, :work, :seconds, :drawnAt) ON CONFLICT DO NOTHING\
                """)
            .bindMethods(drawn)
            .execute()
        == 1;
  }

  public List<Speed> all() {
    return database.read(handle ->
        handle
            .createQuery("SELECT machine, model, work, seconds, drawn_at FROM drawing_speed")
            .map((row, _) ->
                new Speed(
                    row.getString("machine"),
                    row.getString("model"),
                    row.getDouble("work"),
                    row.getDouble("seconds"),
                    row.getObject("drawn_at", OffsetDateTime.class).toInstant()))
            .list());
  }
}
