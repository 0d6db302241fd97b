package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.ChildProcess;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes draw the jobs of one PostgreSQL, and one of them is killed: no job is drawn by both
 * but what the dead one had in its hands, and none is lost.
 */
final class SharingTest {
  private static final int JOBS = 60;
  private static final int OF_EACH = 15;

  @TempDir private Path data;

  /** What a process has said. */
  private static final class Heard {
    private final List<Long> drawing = new ArrayList<>();
    private final Set<Long> done = new HashSet<>();

    void note(String line) {
      long number = Long.parseLong(line.substring(line.indexOf(' ') + 1));
      if (line.startsWith("drawing ")) {
        drawing.add(number);
      } else {
        assertThat(done.add(number)).as("done %s once", number).isTrue();
      }
    }
  }

  @Test
  @Timeout(value = 180, threadMode = ThreadMode.SEPARATE_THREAD) // where a job is lost
  void twoProcessesDrawEachJobOnceThoughOneIsKilled() throws Exception {
    try (OpenQueue open = new OpenQueue(TestDatabase.POSTGRESQL, data)) {
      List<Job> jobs = LongStream.rangeClosed(1, JOBS).mapToObj(open::submit).toList();
      Heard ofKilled = new Heard();
      Heard ofOther = new Heard();
      try (ChildProcess killed = start();
          ChildProcess other = start()) {
        draw(killed);
        draw(other);
        hear(killed, ofKilled, OF_EACH + 1);
        hear(other, ofOther, OF_EACH + 1);
        assertThat(ofKilled.drawing).doesNotContainAnyElementsOf(ofOther.drawing);

        kill(killed, ofKilled);
        other.order("later " + (SharingProcess.LEASE.toSeconds() + 1));
        other.order("draw " + JOBS);
        while (!allAreDone(open, jobs)) {
          ofOther.note(other.line().orElseThrow());
        }
        kill(other, ofOther);
      }
      assertEachIsDrawn(open, jobs);
      assertThat(drawnTwice(ofKilled, ofOther))
          .as("only what the killed one had not stored")
          .hasSizeBetween(1, 3)
          .doesNotContainAnyElementsOf(seeds(jobs, ofKilled.done));
    }
  }

  private ChildProcess start() throws IOException {
    ChildProcess process = SharingProcess.start(data, TestDatabase.POSTGRESQL.settings(data));
    assertThat(process.line()).contains("ready");
    return process;
  }

  private static void draw(ChildProcess process) {
    process.order("draw " + OF_EACH);
  }

  /** Until it has begun so many. */
  private static void hear(ChildProcess process, Heard heard, int drawing) throws IOException {
    while (heard.drawing.size() < drawing) {
      heard.note(process.line().orElseThrow());
    }
  }

  private static void kill(ChildProcess process, Heard heard) throws IOException {
    process.kill();
    for (var rest = process.line(); rest.isPresent(); rest = process.line()) {
      heard.note(rest.get());
    }
  }

  /** Whoever said so: the killed one may have been about to. */
  private static boolean allAreDone(OpenQueue open, List<Job> jobs) {
    return jobs.stream().allMatch(job -> open.find(job.id()).state() == JobState.DONE);
  }

  private static void assertEachIsDrawn(OpenQueue open, List<Job> jobs) throws IOException {
    for (Job job : jobs) {
      assertThat(open.find(job.id()).state()).isEqualTo(JobState.DONE);
      List<Picture> pictures = open.queue.pictures(job.id());
      assertThat(pictures).hasSize(1);
      assertThat(Files.readAllBytes(open.files.file(pictures.getFirst())))
          .isEqualTo(PlainPictures.image(job.request().seed(), job.request().size()).rgb());
    }
  }

  private static Set<Long> drawnTwice(Heard killed, Heard other) {
    Map<Long, Integer> times = new HashMap<>();
    killed.drawing.forEach(seed -> times.merge(seed, 1, Integer::sum));
    other.drawing.forEach(seed -> times.merge(seed, 1, Integer::sum));
    Set<Long> twice = new HashSet<>(times.keySet());
    twice.removeIf(seed -> times.getOrDefault(seed, 0) < 2);
    assertThat(times).hasSize(JOBS).values().allMatch(count -> count <= 2);
    return twice;
  }

  private static List<Long> seeds(List<Job> jobs, Set<Long> ids) {
    return jobs.stream()
        .filter(job -> ids.contains(job.id()))
        .map(job -> job.request().seed().value())
        .toList();
  }
}
