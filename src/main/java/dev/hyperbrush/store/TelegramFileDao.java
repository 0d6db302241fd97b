package dev.hyperbrush.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What Telegram calls the pictures that it has already. Thread-safe. */
public final class TelegramFileDao {
  private final Database database;

  public TelegramFileDao(Database database) {
    this.database = database;
  }

  /** What a picture was sent as: each has names of its own. */
  public enum Form {
    PHOTO,
    DOCUMENT
  }

  public Optional<String> find(PictureRef picture, Form form) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT file_id FROM telegram_file
                WHERE job_id = :job AND picture_index = :index AND form = :form\
                """)
            .bind("job", picture.jobId())
            .bind("index", picture.index())
            .bind("form", form.name())
            .mapTo(String.class)
            .findOne());
  }

  /** Of each picture the newest name; those that are deleted meanwhile are left out. */
  public void put(List<PictureRef> pictures, Form form, List<String> fileIds) {
    database.write(handle -> {
      for (int i = 0; i < pictures.size(); i++) {
        delete(handle, pictures.get(i), form);
        insert(handle, pictures.get(i), form, fileIds.get(i));
      }
      return 0;
    });
  }

  private static void insert(Handle handle, PictureRef picture, Form form, String fileId) {
    handle
        .createUpdate(
            """
            INSERT INTO telegram_file (job_id, picture_index, form, file_id)
            SELECT job_id, picture_index, :form, :file FROM picture
            WHERE job_id = :job AND picture_index = :index
            ON CONFLICT DO NOTHING\
            """)
        .bind("job", picture.jobId())
        .bind("index", picture.index())
        .bind("form", form.name())
        .bind("file", fileId)
        .execute();
  }

  /** Telegram does not know these any more. */
  public void forget(List<PictureRef> pictures, Form form) {
    database.write(handle -> {
      pictures.forEach(picture -> delete(handle, picture, form));
      return 0;
    });
  }

  private static void delete(Handle handle, PictureRef picture, Form form) {
    handle
        .createUpdate(
            """
            DELETE FROM telegram_file
            WHERE job_id = :job AND picture_index = :index AND form = :form\
            """)
        .bind("job", picture.jobId())
        .bind("index", picture.index())
        .bind("form", form.name())
        .execute();
  }
}
