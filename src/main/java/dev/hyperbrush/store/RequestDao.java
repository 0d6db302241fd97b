package dev.hyperbrush.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Which commands became jobs. Platforms hand in the same command again when they do not know that
 * it has arrived, as after a crash; the number they give it tells. Thread-safe.
 */
public final class RequestDao {
  private final Database database;

  public RequestDao(Database database) {
    this.database = database;
  }

  /** The job that a platform's command became; it may be deleted since. */
  public Optional<Long> jobOf(String platform, String number) {
    return database.read(handle -> jobOf(handle, platform, number));
  }

  private static Optional<Long> jobOf(Handle handle, String platform, String number) {
    String sql = "SELECT job_id FROM chat_request WHERE platform = :platform AND number = :number";
    return named(handle.createQuery(sql), platform, number).mapTo(Long.class).findOne();
  }

  /**
   * Looks before a job is made.
   *
   * @throws RequestRepeated when its command became one before
   */
  static void requireNew(Handle handle, NewJob job) {
    job.number()
        .flatMap(number -> jobOf(handle, job.origin().platform(), number))
        .ifPresent(known -> {
          throw new RequestRepeated(known);
        });
  }

  /**
   * Remembers what became of a command.
   *
   * @throws RequestRepeated when another process has made a job of it meanwhile
   */
  static void remember(Handle handle, NewJob job, long id, Instant now) {
    job.number().ifPresent(number -> remember(handle, job.origin().platform(), number, id, now));
  }

  private static void remember(
      Handle handle, String platform, String number, long id, Instant now) {
    String sql =
        """
        INSERT INTO chat_request (platform, number, job_id, created_at)
        VALUES (:platform, :number, :job, :now) ON CONFLICT DO NOTHING\
        """;
    boolean remembered =
        named(handle.createUpdate(sql), platform, number).bind("job", id).bind("now", now).execute()
            == 1;
    if (!remembered) {
      throw new RequestRepeated(jobOf(handle, platform, number).orElseThrow());
    }
  }

  private static <S extends SqlStatement<S>> S named(S sql, String platform, String number) {
    return sql.bind("platform", platform).bind("number", number);
  }

  /** Forgets what no platform hands in again; how many commands. */
  public int forgetBefore(Instant moment) {
    return database.write(handle ->
        handle
            .createUpdate("DELETE FROM chat_request WHERE created_at < :moment")
            .bind("moment", moment)
            .execute());
  }
}
