package dev.hyperbrush.queue;

import dev.hyperbrush.ChildProcess;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.StoreSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A process that draws the jobs of a shared PostgreSQL until it is killed. It says {@code ready},
 * {@code drawing SEED} when it begins one and {@code done ID} when that has its picture. It draws
 * as many as it is told by {@code draw COUNT}, and holds the next one in its hands; {@code later
 * SECONDS} moves its clock.
 */
final class SharingProcess {
  /** Longer than any machine stands still. */
  static final Duration LEASE = Duration.ofMinutes(30);

  static ChildProcess start(Path data, StoreSettings store) throws IOException {
    return ChildProcess.start(
        SharingProcess.class,
        "ready|(drawing|done) .*",
        data.toString(),
        store.url().orElseThrow(),
        store.user());
  }

  public static void main(String[] args) throws Exception {
    AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    Database database =
        Database.open(
            Path.of(args[0]), new StoreSettings(Optional.of(args[1]), args[2], Optional.empty()));
    JobQueue queue =
        JobQueue.open(
            database,
            PictureStore.open(Path.of(args[0])),
            () -> InstantSource.system().instant().plus(later.get()),
            new QueueSettings(
                Duration.ofDays(1), Duration.ZERO, LEASE, Duration.ofMillis(50), Duration.ZERO));
    queue
        .events()
        .subscribe(event -> {
          if (event.is(JobState.DONE)) {
            System.out.println("done " + event.jobId());
          }
        });
    Semaphore mayDraw = new Semaphore(0);
    Worker.start(queue, new Obedient(mayDraw), new PlainPictures());
    System.out.println("ready");
    obey(mayDraw, later);
  }

  private static void obey(Semaphore mayDraw, AtomicReference<Duration> later) throws IOException {
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        String[] order = line.split(" ", -1);
        int number = Integer.parseInt(order[1]);
        switch (order[0]) {
          case "draw" -> mayDraw.release(number);
          case "later" -> later.set(Duration.ofSeconds(number));
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  /** Draws as many as it may. */
  private record Obedient(Semaphore mayDraw) implements ImageGenerator {
    @Override
    public GenerationResult generate(
        GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
      System.out.println("drawing " + request.seed().value());
      mayDraw.acquireUninterruptibly();
      return new PlainPictures().generate(request, listener, cancellation);
    }
  }
}
