package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.store.FavouriteDao;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HousekeepingTest {
  @TempDir private Path data;
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @EnumSource
  void whatIsOldGoesAndFavouritesStay(TestDatabase kind) {
    try (OpenQueue open = new OpenQueue(kind, data, () -> now)) {
      List<Job> old = draw(open, 1, 2);
      new FavouriteDao(open.database).toggle(old.getFirst().id(), OptionalInt.of(0));
      now = now.plus(Duration.ofDays(31));
      Job young = draw(open, 3).getFirst();
      Job waiting = open.submit(4);

      tidy(open, new RetentionSettings(Optional.of(Duration.ofDays(30)), OptionalLong.empty()));

      assertThat(open.queue.find(old.getFirst().id())).isPresent();
      assertThat(open.queue.find(old.getLast().id())).isEmpty();
      assertThat(open.queue.find(young.id())).isPresent();
      assertThat(open.queue.find(waiting.id())).isPresent();
      assertThat(files()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOldestPicturesGoUntilTheRestFits(TestDatabase kind) {
    try (OpenQueue open = new OpenQueue(kind, data, () -> now)) {
      List<Job> jobs = new ArrayList<>();
      for (long seed = 1; seed <= 4; seed++) {
        jobs.addAll(draw(open, seed));
        now = now.plusSeconds(60);
      }
      new FavouriteDao(open.database).toggle(jobs.get(1).id(), OptionalInt.of(0));
      long one = open.queue.pictures(jobs.getFirst().id()).getFirst().bytes();

      tidy(open, new RetentionSettings(Optional.empty(), OptionalLong.of(2 * one)));

      assertThat(jobs)
          .extracting(job -> open.queue.find(job.id()).isPresent())
          .containsExactly(false, true, false, true);
      assertThat(files()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesThatAreOfNoJobGoWhenTheyAreOldEnough(TestDatabase kind) throws Exception {
    try (OpenQueue open = new OpenQueue(kind, data, () -> now)) {
      Job drawn = draw(open, 1).getFirst();
      Path mine = open.files.file(open.queue.pictures(drawn.id()).getFirst());
      Path orphan = fileOf(open.files.add(new byte[] {1}));
      Path young = fileOf(open.files.add(new byte[] {2}));
      for (Path file : List.of(mine, orphan)) {
        Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofHours(2))));
      }
      Files.setLastModifiedTime(young, FileTime.from(now));

      tidy(open, RetentionSettings.standard());

      assertThat(files()).containsExactlyInAnyOrder(mine, young);
    }
  }

  private List<Job> draw(OpenQueue open, long... seeds) {
    List<Job> drawn = new ArrayList<>();
    try (Worker _ = Worker.start(open.queue, new PlainPictures(), new PlainPictures())) {
      for (long seed : seeds) {
        drawn.add(open.awaitState(open.submit(seed).id(), JobState.DONE));
      }
    }
    return drawn;
  }

  private static void tidy(OpenQueue open, RetentionSettings settings) {
    try (Housekeeping housekeeping = open.queue.housekeeper(settings)) {
      housekeeping.tidy();
    }
  }

  private Path fileOf(String sha256) {
    return data.resolve("pictures").resolve(sha256.substring(0, 2)).resolve(sha256 + ".png");
  }

  private List<Path> files() {
    try (var files = Files.walk(data.resolve("pictures"))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
