package dev.hyperbrush.delivery;

import dev.hyperbrush.ChildProcess;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.Route;
import dev.hyperbrush.store.TestJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * A process that ends jobs and posts them to a platform, which is a file of lines {@code NONCE
 * JOB}, until it is killed. It says {@code ended JOB} and {@code posted JOB}; and {@code stuck JOB}
 * when it has posted and will never come to write that down.
 */
final class PostingProcess {
  static ChildProcess start(Path data, long seed) throws IOException {
    return ChildProcess.start(
        PostingProcess.class, "(ended|posted|stuck) \\d+", data.toString(), Long.toString(seed));
  }

  static Path platform(Path data) {
    return data.resolve("platform.txt");
  }

  /** Appends to the platform at once, and then may get stuck. */
  record FileCourier(Path platform, Random chance, int stuckOnceIn) implements Courier {
    @Override
    public Outcome post(Post post) throws IOException, InterruptedException {
      Files.writeString(
          platform,
          post.nonce() + " " + post.job().id() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      if (stuckOnceIn > 0 && chance.nextInt(stuckOnceIn) == 0) {
        say("stuck", post.job().id());
        new CountDownLatch(1).await();
      }
      say("posted", post.job().id());
      return Outcome.posted(post.nonce());
    }

    @Override
    public Outcome withdraw(Withdrawal withdrawal) {
      return Outcome.done();
    }
  }

  private static void say(String what, long job) {
    System.out.println(what + " " + job);
  }

  static Outbox outbox(Database database, Path data, Courier courier) {
    JobQueue queue = JobQueue.open(database, PictureStore.open(data), InstantSource.system());
    return Outbox.start(
        database,
        queue.events(),
        Map.of("file", courier),
        new DeliverySettings(DeliverySettings.standard().giveUpAfter(), 3),
        InstantSource.system(),
        new Random());
  }

  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]);
    Random chance = new Random(Long.parseLong(args[1]));
    Database database = Database.open(data);
    Semaphore mayEnd = new Semaphore(5);
    Courier file = new FileCourier(platform(data), chance, 20);
    outbox(
        database,
        data,
        new Courier() {
          @Override
          public Outcome post(Post post) throws IOException, InterruptedException {
            Outcome outcome = file.post(post);
            mayEnd.release();
            return outcome;
          }

          @Override
          public Outcome withdraw(Withdrawal withdrawal) {
            return Outcome.done();
          }
        });
    endJobs(database, chance, mayEnd);
  }

  private static void endJobs(Database database, Random chance, Semaphore mayEnd) {
    JobDao jobs = new JobDao(database);
    TestJobs work = new TestJobs(database);
    long person = new PersonDao(database, InstantSource.system()).idOf("file", "1", "Somebody");
    Origin origin = new Origin("file", "channel", Optional.empty());
    while (true) {
      mayEnd.acquireUninterruptibly();
      Route route =
          new Route("en", List.of(new Destination("lane " + chance.nextInt(3), "somewhere")));
      NewJob job = NewJob.plain(person, origin, OutboxWorld.request()).told(route);
      long id = work.insert(job, Instant.now());
      jobs.cancelWaiting(id, false, Instant.now());
      say("ended", id);
    }
  }

  /** What the platform was given, in order: nonce and job. */
  static List<String> given(Path data) {
    try {
      return Files.readAllLines(platform(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
