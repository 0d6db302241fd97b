package dev.hyperbrush.queue;

import static dev.hyperbrush.queue.OpenQueue.ORIGIN;
import static dev.hyperbrush.queue.OpenQueue.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.store.HistoryPage;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class JobQueueTest {
  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private OpenQueue open;
  private int lives;
  private JobQueue queue;

  @BeforeEach
  void open() {
    open = new OpenQueue(kind, data);
    queue = open.queue;
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void keepsARequestWhole() {
    GenerationRequest request =
        new GenerationRequest(
            "tiny",
            "Ein \"roter\" Kreis\n赤い円 🔴 \\u0041 ' % --",
            "blau",
            new ImageSize(128, 64),
            20,
            7.25,
            "DDIM",
            0.1,
            new Seed(Long.MAX_VALUE),
            4,
            List.of(new LoraWeight("pixel", -0.8), new LoraWeight("few-step", 1)),
            2);
    Origin origin = new Origin("discord", "channel", Optional.of("server"));

    Job submitted = queue.submit(NewJob.plain(open.person, origin, request));
    reopen();

    assertThat(queue.find(submitted.id())).contains(submitted);
    assertThat(submitted.request()).isEqualTo(request);
    assertThat(submitted.state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void knowsThePositionOfEachJob() {
    Job first = open.submit(1);
    Job second = open.submit(2);
    Job third = open.submit(3);

    assertThat(open.position(first.id())).isEqualTo(1);
    assertThat(open.position(third.id())).isEqualTo(3);
    queue.cancel(second.id());
    assertThat(open.position(second.id())).isZero();
    assertThat(open.position(third.id())).isEqualTo(2);
    assertThat(open.position(999)).isZero();
    assertThat(queue.waiting()).isEqualTo(2);
    assertThat(queue.waitingJobs(10)).containsExactly(first, third);
    assertThat(queue.waitingJobs(1)).containsExactly(first);
  }

  @Test
  void aWaitingJobIsCancelledAtOnceAndNeverDrawn() {
    Job job = open.submit(1);

    assertThat(queue.cancel(job.id())).isTrue();

    assertThat(open.find(job.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(open.find(job.id()).finishedAt()).isPresent();
    assertThat(queue.cancel(job.id())).isFalse();
    assertThat(queue.cancel(999)).isFalse();
    open.work(new PlainPictures());
    open.awaitState(open.submit(2).id(), JobState.DONE);
    assertThat(open.find(job.id()).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void historyIsOwnNewestFirstAndInPages() {
    long other = new PersonDao(open.database, InstantSource.system()).idOf("web", "other", "o");
    Job first = open.submit(1);
    queue.submit(NewJob.plain(other, ORIGIN, request("a red circle", 2, 1)));
    Job second = open.submit(3);
    Job third = open.submit(4);

    assertThat(queue.history(open.person, "", Long.MAX_VALUE, 2))
        .isEqualTo(
            new HistoryPage(List.of(third, second), Optional.of(second.id()), Optional.empty()));
    assertThat(queue.history(open.person, "", second.id(), 2))
        .isEqualTo(new HistoryPage(List.of(first), Optional.empty(), Optional.of(second.id() - 1)));
    assertThat(queue.history(open.person, "", third.id(), 2))
        .isEqualTo(
            new HistoryPage(List.of(second, first), Optional.empty(), Optional.of(third.id() - 1)));
  }

  @Test
  void unfinishedJobsAreFoundBehindManyThatEnded() {
    Job running = open.submit(1);
    assertThat(queue.running().claimNext("worker")).isPresent();
    Job waiting = open.submit(2);
    for (int newer = 0; newer < 101; newer++) {
      queue.cancel(open.submit(3).id());
    }
    long other = new PersonDao(open.database, InstantSource.system()).idOf("web", "other", "o");
    queue.submit(NewJob.plain(other, ORIGIN, request("a red circle", 4, 1)));

    assertThat(queue.unfinished(open.person, 100))
        .extracting(Job::id)
        .containsExactly(waiting.id(), running.id());
    assertThat(queue.unfinished(open.person, 1)).extracting(Job::id).containsExactly(waiting.id());
  }

  @Test
  void historyIsSearchedByWords() {
    Job red = submit("a RED circle");
    Job percent = submit("100% blue_circle!");
    Job umlaut = submit("ein ÜPPIGER Garten");

    assertThat(search("Circle red")).containsExactly(red);
    assertThat(search("circle")).containsExactly(percent, red);
    assertThat(search("0%")).containsExactly(percent);
    assertThat(search("e_c")).containsExactly(percent);
    assertThat(search("le!")).containsExactly(percent);
    assertThat(search("üppiger")).containsExactly(umlaut);
    assertThat(search("%")).containsExactly(percent);
    assertThat(search("' OR 1=1 --")).isEmpty();
    assertThat(search("  ")).hasSize(3);
    assertThat(search("a ".repeat(10_000))).containsExactly(umlaut, red);
  }

  private Job submit(String prompt) {
    return queue.submit(NewJob.plain(open.person, ORIGIN, request(prompt, 1, 1)));
  }

  private List<Job> search(String words) {
    return queue.history(open.person, words, Long.MAX_VALUE, 10).jobs();
  }

  @Test
  void fiftyPeopleSubmitAtOnce() throws Exception {
    open.work(new PlainPictures());
    List<Future<Job>> jobs = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        int seed = i;
        jobs.add(threads.submit(() -> open.submit(seed)));
      }
    }
    List<Long> ids = new ArrayList<>();
    for (Future<Job> job : jobs) {
      ids.add(job.get().id());
    }
    assertThat(ids).doesNotHaveDuplicates();
    open.awaitState(ids.stream().max(Long::compare).orElseThrow(), JobState.DONE);
    assertThat(ids).allMatch(id -> open.find(id).state() == JobState.DONE);
  }

  @Test
  void deletesTheFileWithItsLastPicture() {
    open.work(new PlainPictures());
    Job job = open.submit(1);
    Job twin = open.submit(1);
    open.awaitState(twin.id(), JobState.DONE);
    Picture picture = queue.pictures(job.id()).getFirst();

    assertThat(queue.delete(job.id())).isTrue();
    assertThat(queue.find(job.id())).isEmpty();
    assertThat(queue.pictures(job.id())).isEmpty();
    assertThat(open.files.file(picture)).exists();

    assertThat(queue.delete(twin.id())).isTrue();
    assertThat(data.resolve("pictures")).isDirectoryNotContaining("glob:**.png");
    assertThat(queue.delete(twin.id())).isFalse();
  }

  @Test
  void aJobOfADeadProcessIsDrawnAgainAtItsOldPlaceWithItsSeed() {
    Job job = open.submit(7);
    Job next = open.submit(8);
    assertThat(queue.running().claimNext("worker")).isPresent();
    reopen();

    assertThat(open.position(job.id())).isEqualTo(1);
    assertThat(open.find(job.id()).attempts()).isEqualTo(1);
    assertThat(open.find(next.id()).attempts()).isZero();
    open.work(new PlainPictures());
    open.awaitState(job.id(), JobState.DONE);
    assertThat(queue.pictures(job.id()).getFirst().seed()).isEqualTo(new Seed(7));
  }

  @Test
  void aJobThatKillsTwoProcessesIsSetAside() {
    Job poison = open.submit(1);
    Job innocent = open.submit(2);
    for (int death = 0; death < 2; death++) {
      assertThat(queue.running().claimNext("worker").orElseThrow().job().id())
          .isEqualTo(poison.id());
      reopen();
    }

    Job failed = open.find(poison.id());
    assertThat(failed.state()).isEqualTo(JobState.FAILED);
    assertThat(failed.attempts()).isEqualTo(2);
    assertThat(failed.failure().orElseThrow().code()).isEqualTo(ReasonCode.JOB_KEEPS_CRASHING);
    assertThat(queue.waitingJobs(10)).containsExactly(innocent);
  }

  @Test
  void aJobThatAnotherVersionWroteFailsAndHidesNothing() {
    Job older = open.submit(1);
    Job strange = open.submit(2);
    Job known = open.submit(3);
    open.close();
    kind.execute(data, "UPDATE job SET request = '{\"steps\":-1}' WHERE id = " + strange.id());
    open = new OpenQueue(kind, data);
    queue = open.queue;

    assertThat(queue.history(open.person, "", Long.MAX_VALUE, 2))
        .isEqualTo(new HistoryPage(List.of(known), Optional.of(strange.id()), Optional.empty()));
    assertThat(queue.history(open.person, "", strange.id(), 2).jobs()).containsExactly(older);
    open.work(new PlainPictures());
    open.awaitState(known.id(), JobState.DONE);
    assertThat(queue.find(strange.id())).isEmpty();
    assertThat(queue.waiting()).isZero();
    assertThat(queue.delete(strange.id())).isTrue();
  }

  /** As a killed process leaves it: nobody ends what was claimed. */
  private void reopen() {
    open.close();
    open = OpenQueue.later(kind, data, ++lives);
    queue = open.queue;
  }
}
