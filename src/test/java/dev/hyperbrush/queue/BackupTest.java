package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Backups;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.Restore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was there when a backup was begun is there when it is brought back. */
final class BackupTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path data;
  @TempDir private Path elsewhere;

  @Test
  void everythingAcceptedBeforeIsThereAfterARestoreThoughTheBotWentOn() throws Exception {
    Path backup = elsewhere.resolve("all.zip");
    Job drawn;
    List<Long> before;
    try (OpenQueue open = new OpenQueue(data)) {
      open.work(new PlainPictures());
      drawn = open.awaitState(open.submit(7).id(), JobState.DONE);
      ConcurrentLinkedQueue<Long> accepted = new ConcurrentLinkedQueue<>();
      AtomicBoolean stop = new AtomicBoolean();
      Thread people =
          Thread.ofVirtual()
              .start(() -> {
                while (!stop.get()) {
                  accepted.add(open.submit(accepted.size()).id());
                }
              });
      await().until(() -> accepted.size() >= 20);
      before = List.copyOf(accepted);
      Backups.Backup made = new Backups(open.database, open.files).make(backup);
      stop.set(true);
      people.join();
      assertThat(made.pictures()).isPositive();
      assertThat(made.bytes()).isEqualTo(Files.size(backup));
    }
    Restore.Restored restored = new Restore(elsewhere.resolve("new")).from(backup, false, NOW);
    assertThat(restored.kept()).isEmpty();
    try (OpenQueue open = new OpenQueue(elsewhere.resolve("new"))) {
      assertThat(before).allMatch(id -> open.queue.find(id).isPresent());
      Picture picture = open.queue.pictures(drawn.id()).getFirst();
      assertThat(Files.readAllBytes(open.files.file(picture)))
          .isEqualTo(PlainPictures.image(drawn.request().seed(), drawn.request().size()).rgb());
      open.work(new PlainPictures());
      for (long id : before) {
        open.awaitState(id, JobState.DONE);
      }
    }
  }

  @Test
  void aDatabaseInTheWayIsPutAsideOnlyWhenAsked() throws Exception {
    Path backup = backup();
    Restore restore = new Restore(data);
    assertThat(refusal(restore, backup, false)).isEqualTo(ReasonCode.RESTORE_IN_THE_WAY);
    try (OpenQueue open = new OpenQueue(data)) {
      open.submit(2);
    }
    Restore.Restored restored = restore.from(backup, true, NOW);
    assertThat(restored.kept().orElseThrow()).isRegularFile();
    try (OpenQueue open = new OpenQueue(data)) {
      assertThat(open.queue.waiting()).isEqualTo(1); // the one of the backup
    }
  }

  @Test
  void aDamagedDatabaseIsReplaced() throws Exception {
    Path backup = backup();
    Files.writeString(data.resolve("db/hyperbrush.mv.db"), "this is no database any more");
    new Restore(data).from(backup, true, NOW);
    try (OpenQueue open = new OpenQueue(data)) {
      assertThat(open.queue.waiting()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside.png", "/etc/passwd", "pictures/ab/../../x.png", "notes.txt"})
  void aZipWithAnythingElseInItIsNoBackup(String name) throws Exception {
    Path zip = zip(name, "text");
    assertThat(refusal(new Restore(data), zip, false)).isEqualTo(ReasonCode.BACKUP_BROKEN);
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void damagedPicturesAndMissingDatabasesAreNoticedBeforeAnythingChanges() throws Exception {
    String name = "ab".repeat(32);
    assertThat(refusal(new Restore(data), zip("pictures/ab/" + name + ".png", "text"), false))
        .isEqualTo(ReasonCode.BACKUP_BROKEN);
    assertThat(refusal(new Restore(data), zip("db/hyperbrush.mv.db", "no database"), false))
        .isEqualTo(ReasonCode.DATABASE_DAMAGED);
    Path backup = backup();
    byte[] whole = Files.readAllBytes(backup);
    Path half = Files.write(elsewhere.resolve("half.zip"), Arrays.copyOf(whole, whole.length / 2));
    Path fresh = elsewhere.resolve("fresh");
    assertThat(catchThrowableOfType(Refusal.class, () -> new Restore(fresh).from(half, false, NOW)))
        .isNotNull();
    assertThat(fresh.resolve("db")).doesNotExist();
    assertThat(refusal(new Restore(fresh), elsewhere.resolve("none.zip"), false))
        .isEqualTo(ReasonCode.BACKUP_UNREADABLE);
  }

  /** Of a bot with one waiting job. */
  private Path backup() {
    Path backup = elsewhere.resolve("one.zip");
    try (OpenQueue open = new OpenQueue(data)) {
      open.submit(1);
      new Backups(open.database, open.files).make(backup);
    }
    return backup;
  }

  private Path zip(String name, String content) throws IOException {
    Path zip = elsewhere.resolve("made.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(name));
      out.write(content.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    return zip;
  }

  private static ReasonCode refusal(Restore restore, Path backup, boolean replace) {
    return catchThrowableOfType(Refusal.class, () -> restore.from(backup, replace, NOW)).code();
  }
}
