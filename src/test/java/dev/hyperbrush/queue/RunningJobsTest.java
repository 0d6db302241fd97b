package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
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
import dev.hyperbrush.store.LeaseDao;
import dev.hyperbrush.store.PictureDao;
import dev.hyperbrush.store.PictureStore;
import java.nio.file.Path;
import java.time.Duration;
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
  private LeaseDao leases;
  private RunningJobs running;

  @BeforeEach
  void open() {
    open = new OpenQueue(data);
    InstantSource clock = InstantSource.system();
    JobDao jobs = new JobDao(open.database);
    leases = spy(new LeaseDao(open.database));
    Gallery gallery = new Gallery(jobs, leases, new PictureDao(open.database), files);
    running =
        new RunningJobs(
            new Claims(open.database, Duration.ofSeconds(30), clock),
            new Ends(jobs, leases, gallery, clock),
            open.queue.events());
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void aJobWhosePicturesAreBeingStoredIsNotCancelledAnyMore() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext("worker").orElseThrow();
    AtomicBoolean cancelled = new AtomicBoolean();
    when(files.add(any()))
        .then(_ -> {
          cancelled.set(cancel(job));
          return "0".repeat(64);
        });

    running.done(claimed, picture(), new GenerationResult(List.of(), List.of()));

    assertThat(open.find(job.id()).state()).isEqualTo(JobState.DONE);
    assertThat(cancelled).isFalse();
  }

  @Test
  void aCancelledJobIsNotStored() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext("worker").orElseThrow();
    assertThat(cancel(job)).isTrue();

    assertThatThrownBy(
            () -> running.done(claimed, picture(), new GenerationResult(List.of(), List.of())))
        .isInstanceOf(CancelledException.class);
  }

  private boolean cancel(Job job) {
    return running.cancel(job.id(), true, () -> false);
  }

  private static List<EncodedPicture> picture() {
    return List.of(new EncodedPicture(new byte[3], 1, 1));
  }

  @Test
  void whatAStoppedJobThrowsIsLogged() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext("worker").orElseThrow();
    cancel(job);
    Logger logger = (Logger) LoggerFactory.getLogger(Ends.class);
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
  void aRunningJobIsToldToStopWithoutAskingTheDatabase() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext("worker").orElseThrow();

    assertThat(running.cancel(job.id(), true, () -> fail("it is here"))).isTrue();

    assertThat(claimed.cancellation().isRequested()).isTrue();
  }

  @Test
  void aJobWhoseEndCannotBeWrittenIsCancelledWhenThereIsRoomAgain() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext("worker").orElseThrow();
    doThrow(full).when(leases).fail(anyLong(), any(), any(), any());
    doThrow(full).when(leases).cancel(anyLong(), any(), anyBoolean(), any());
    IllegalStateException drawing = new IllegalStateException("tried");
    assertThatThrownBy(() -> running.ended(claimed, drawing)).isSameAs(full);

    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> cancel(job)).isSameAs(full);
    assertThat(open.find(job.id()).state()).isEqualTo(JobState.RUNNING);

    doCallRealMethod().when(leases).cancel(anyLong(), any(), anyBoolean(), any());
    assertThat(cancel(job)).isTrue();
    assertThat(open.find(job.id()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancel(job)).isFalse();
  }

  @Test
  void aJobWhoseEndCannotBeWrittenEndsWhenThereIsRoomAgain() {
    Job job = open.submit(1);
    RunningJob claimed = running.claimNext("worker").orElseThrow();
    Refusal black = new Refusal(ReasonCode.PICTURE_BLACK);
    doThrow(full).when(leases).fail(anyLong(), any(), any(), any());
    assertThatThrownBy(() -> running.ended(claimed, black)).isSameAs(full);
    assertThatThrownBy(running::writeEnds).isSameAs(full);

    doCallRealMethod().when(leases).fail(anyLong(), any(), any(), any());
    running.writeEnds();

    assertThat(open.find(job.id()).state()).isEqualTo(JobState.FAILED);
    running.writeEnds();
    assertThat(open.find(job.id()).failure()).contains(black.phrase());
  }
}
