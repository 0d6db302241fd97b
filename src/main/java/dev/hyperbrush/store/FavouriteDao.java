package dev.hyperbrush.store;

import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** Which pictures are somebody's favourites. Thread-safe. */
public final class FavouriteDao {
  private final Database database;

  public FavouriteDao(Database database) {
    this.database = database;
  }

  /**
   * Makes a picture a favourite, or when it is one, no more.
   *
   * @param index of the picture; empty for all pictures of the job, which then are alike
   * @return whether it is one now
   */
  public boolean toggle(long jobId, OptionalInt index) {
    return database.write(handle -> {
      // Two who press at the same time come one after the other.
      handle
          .createQuery("SELECT id FROM job WHERE id = :job FOR UPDATE")
          .bind("job", jobId)
          .mapTo(Long.class)
          .list();
      boolean favourite = !isFavourite(handle, jobId, index);
      set(handle, jobId, index, favourite);
      mark(handle, jobId);
      return favourite;
    });
  }

  private static boolean isFavourite(Handle handle, long jobId, OptionalInt index) {
    return handle
            .createQuery(
                """
                SELECT COUNT(*) FROM picture
                WHERE job_id = :job AND favourite = FALSE AND (:all OR picture_index = :index)\
                """)
            .bind("job", jobId)
            .bind("all", index.isEmpty())
            .bind("index", index.orElse(0))
            .mapTo(Long.class)
            .one()
        == 0;
  }

  private static void set(Handle handle, long jobId, OptionalInt index, boolean favourite) {
    handle
        .createUpdate(
            """
            UPDATE picture SET favourite = :favourite
            WHERE job_id = :job AND (:all OR picture_index = :index)\
            """)
        .bind("favourite", favourite)
        .bind("job", jobId)
        .bind("all", index.isEmpty())
        .bind("index", index.orElse(0))
        .execute();
  }

  private static void mark(Handle handle, long jobId) {
    handle
        .createUpdate(
            """
            UPDATE job SET favourite = EXISTS (
              SELECT 1 FROM picture WHERE job_id = :job AND favourite = TRUE)
            WHERE id = :job\
            """)
        .bind("job", jobId)
        .execute();
  }
}
