package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.store.TelegramFileDao.Form;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class TelegramFileDaoTest {
  private static final PictureRef FIRST = new PictureRef(1, 0);
  private static final PictureRef SECOND = new PictureRef(1, 1);

  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private final TestClock clock = new TestClock();
  private Database database;
  private TelegramFileDao files;
  private TelegramPostDao posts;

  @BeforeEach
  void open() {
    database = kind.open(data);
    files = new TelegramFileDao(database);
    posts = new TelegramPostDao(database, clock);
    database.write(handle -> {
      handle.execute("INSERT INTO person (created_at) VALUES (CURRENT_TIMESTAMP)");
      handle.execute(
          """
          INSERT INTO job (person_id, platform, channel, request, model, prompt, seed, state,
            cost, start_tag, finish_tag, created_at)
          VALUES ((SELECT MAX(id) FROM person), 'telegram', '1', '{}', 'm', 'p', 1, 'DONE',
            1, 1, 1, CURRENT_TIMESTAMP)\
          """);
      for (int index = 0; index < 2; index++) {
        handle.execute(
            """
            INSERT INTO picture (job_id, picture_index, seed, sha256, width, height, bytes,
              created_at)
            VALUES (1, ?, 1, 'x', 8, 8, 1, CURRENT_TIMESTAMP)\
            """,
            index);
      }
      return 0;
    });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void namesAreKeptForEachFormAndReplaced() {
    files.put(List.of(FIRST, SECOND), Form.PHOTO, List.of("a", "b"));
    files.put(List.of(FIRST), Form.DOCUMENT, List.of("c"));
    files.put(List.of(FIRST), Form.PHOTO, List.of("d"));
    files.forget(List.of(SECOND), Form.PHOTO);

    assertThat(files.find(FIRST, Form.PHOTO)).contains("d");
    assertThat(files.find(FIRST, Form.DOCUMENT)).contains("c");
    assertThat(files.find(SECOND, Form.PHOTO)).isEmpty();
  }

  @Test
  void namesGoWithTheirPictures() {
    files.put(List.of(FIRST, new PictureRef(7, 0)), Form.PHOTO, List.of("a", "b"));
    assertThat(files.find(new PictureRef(7, 0), Form.PHOTO)).isEmpty();

    database.write(handle -> handle.execute("DELETE FROM job"));

    assertThat(files.find(FIRST, Form.PHOTO)).isEmpty();
  }

  @Test
  void whatIsThereOfAPostIsKeptForAWhile() {
    posts.put("one", "1/2,/3,/en");
    posts.put("one", "1/2,/3,4,/en");
    assertThat(posts.find("one")).contains("1/2,/3,4,/en");
    posts.forget("one");
    assertThat(posts.find("one")).isEmpty();

    posts.put("old", "x");
    clock.advance(Duration.ofDays(32));
    posts.put("new", "y");
    assertThat(posts.find("old")).isEmpty();
    assertThat(posts.find("new")).contains("y");
  }
}
