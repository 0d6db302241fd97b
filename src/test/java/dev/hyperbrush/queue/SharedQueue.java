package dev.hyperbrush.queue;

import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Two processes with one queue, as far as they can be told apart; the test moves their clock. */
final class SharedQueue implements AutoCloseable {
  static final QueueSettings SETTINGS = OpenQueue.SETTINGS;
  static final Duration MORE_THAN_A_LEASE = SETTINGS.lease().plusSeconds(1);

  final Database database;
  final JobQueue one;
  final JobQueue two;
  private final PictureStore files;
  private final long person;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  SharedQueue(TestDatabase kind, Path data) {
    InstantSource clock = () -> now;
    database = kind.open(data);
    files = PictureStore.open(data);
    one = JobQueue.openShared(database, files, clock, SETTINGS);
    two = JobQueue.openShared(database, files, clock, SETTINGS);
    person = new PersonDao(database, clock).idOf("web", "local", "somebody");
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Job submit(long seed) {
    return one.submit(
        NewJob.plain(person, OpenQueue.ORIGIN, OpenQueue.request("a red circle", seed, 1)));
  }

  Job find(Job job) {
    return one.find(job.id()).orElseThrow();
  }

  static RunningJob claim(JobQueue queue) {
    return queue.running().claimNext("worker").orElseThrow();
  }

  /** Ends a job with one picture. */
  static void store(JobQueue queue, RunningJob claimed) {
    EncodedPicture picture = new EncodedPicture(new byte[] {(byte) claimed.job().id()}, 1, 1);
    queue.running().done(claimed, List.of(picture), new GenerationResult(List.of(), List.of()));
  }

  @Override
  public void close() {
    database.close();
  }
}
