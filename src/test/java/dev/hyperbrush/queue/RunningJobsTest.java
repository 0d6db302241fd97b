package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Gallery;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.PictureDao;
import dev.hyperbrush.store.PictureStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class RunningJobsTest {
  private final Refusal full = new Refusal(ReasonCode.STORAGE_FULL, "/data", 7);

  @TempDir private Path data;
  private final PictureStore files = mock(PictureStore.class);
  private OpenQueue open;
  private JobDao jobs;
  private RunningJobs running;

  @BeforeEach
  void open() {
    open = new OpenQueue(data);
    jobs = spy(new JobDao(open.database));
    running =
        new RunningJobs(
            jobs,
            new Gallery(jobs, new PictureDao(open.database), files),
            open.queue.events(),
            InstantSource.system());
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void aJobWhosePicturesAreBeingStoredIsNotCancelledAnyMore() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext().orElseThrow();
    AtomicBoolean cancelled = new AtomicBoolean();
    when(files.add(any()))
        .then(_ -> {
          cancelled.set(running.cancel(job.id(), true));
          return "0".repeat(64);
        });

    running.done(claimed, picture(), new GenerationResult(List.of(), List.of()));

    assertThat(open.find(job.id()).state()).isEqualTo(JobState.DONE);
    assertThat(cancelled).isFalse();
  }

  @Test
  void aCancelledJobIsNotStored() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext().orElseThrow();
    assertThat(running.cancel(job.id(), true)).isTrue();

    assertThatThrownBy(
            () -> running.done(claimed, picture(), new GenerationResult(List.of(), List.of())))
        .isInstanceOf(CancelledException.class);
  }

  private static List<EncodedPicture> picture() {
    return List.of(new EncodedPicture(new byte[3], 1, 1));
  }

  @Test
  void whatAStoppedJobThrowsIsLogged() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext().orElseThrow();
    running.cancel(job.id(), true);
    Logger logger = (Logger) LoggerFactory.getLogger(RunningJobs.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      running.ended(claimed, new OutOfMemoryError("tried"));
    } finally {
      logger.detachAppender(log);
    }

    assertThat(open.find(job.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(log.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getFormattedMessage()).contains("Job " + job.id());
          assertThat(line.getThrowableProxy().getMessage()).isEqualTo("tried");
        });
  }

  @Test
  void aRunningJobIsToldToStopOnAFullDisk() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext().orElseThrow();
    doThrow(full).when(jobs).cancelWaiting(anyLong(), anyBoolean(), any());

    assertThat(running.cancel(job.id(), true)).isTrue();

    assertThat(claimed.cancellation().isRequested()).isTrue();
  }

  @Test
  void aJobWhoseEndCannotBeWrittenIsCancelledWhenThereIsRoomAgain() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext().orElseThrow();
    doThrow(full).when(jobs).fail(anyLong(), any(), any());
    doThrow(full).when(jobs).cancelRunning(anyLong(), anyBoolean(), any());
    IllegalStateException drawing = new IllegalStateException("tried");
    assertThatThrownBy(() -> running.ended(claimed, drawing)).isSameAs(full);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> running.cancel(job.id(), true))
        .isSameAs(full);
    assertThat(open.find(job.id()).state()).isEqualTo(JobState.RUNNING);

    doCallRealMethod().when(jobs).cancelRunning(anyLong(), anyBoolean(), any());
    assertThat(running.cancel(job.id(), true)).isTrue();
    assertThat(open.find(job.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(running.cancel(job.id(), true)).isFalse();
  }

  @Test
  void aJobWhoseEndCannotBeWrittenEndsWhenThereIsRoomAgain() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext().orElseThrow();
    doThrow(full).when(jobs).fail(anyLong(), any(), any());
    assertThatThrownBy(() -> running.ended(claimed, full)).isSameAs(full);
    assertThatThrownBy(running::writeEnds).isSameAs(full);

    doCallRealMethod().when(jobs).fail(anyLong(), any(), any());
    running.writeEnds();

    assertThat(open.find(job.id()).state()).isEqualTo(JobState.FAILED);
    running.writeEnds();
    assertThat(open.find(job.id()).failure()).contains(full.phrase());
  }
}
