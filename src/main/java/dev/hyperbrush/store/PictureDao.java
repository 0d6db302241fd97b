package dev.hyperbrush.store;

import dev.hyperbrush.generation.Seed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of finished pictures; the files are in {@link PictureStore}. Thread-safe. */
public final class PictureDao {
  private final Database database;

  public PictureDao(Database database) {
    this.database = database;
  }

  /** The pictures of a job, by index. */
  public List<Picture> of(long jobId) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM picture WHERE job_id = :job ORDER BY picture_index")
            .bind("job", jobId)
            .map(PictureDao::picture)
            .list());
  }

  /** Whether any picture is in the file with this hash. */
  public boolean isUsed(String sha256) {
    return database.read(handle ->
        handle
                .createQuery("SELECT COUNT(*) FROM picture WHERE sha256 = :sha256")
                .bind("sha256", sha256)
                .mapTo(Long.class)
                .one()
            > 0);
  }

  static void insert(Handle handle, List<Picture> pictures, Instant now) {
    if (pictures.isEmpty()) {
      return; // an empty batch is an error in JDBC
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO picture
              (job_id, picture_index, seed, sha256, width, height, bytes, created_at)
            VALUES (:job, :index, :seed, :sha256, :width, :height, :bytes, :now)\
            """);
    for (Picture picture : pictures) {
      batch
          .bind("job", picture.jobId())
          .bind("index", picture.index())
          .bind("seed", picture.seed().value())
          .bind("sha256", picture.sha256())
          .bind("width", picture.width())
          .bind("height", picture.height())
          .bind("bytes", picture.bytes())
          .bind("now", now)
          .add();
    }
    batch.execute();
  }

  private static Picture picture(ResultSet row, StatementContext context) throws SQLException {
    return new Picture(
        row.getLong("job_id"),
        row.getInt("picture_index"),
        new Seed(row.getLong("seed")),
        row.getString("sha256"),
        row.getInt("width"),
        row.getInt("height"),
        row.getLong("bytes"),
        row.getBoolean("favourite"));
  }
}
