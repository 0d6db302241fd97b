package dev.hyperbrush.queue;

import static org.awaitility.Awaitility.await;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.Route;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A queue with a real database in a folder, as the program opens it. */
final class OpenQueue implements AutoCloseable {
  static final Origin ORIGIN = new Origin("web", "page", Optional.empty());

  /** A worker that is closed gives its job back at once. */
  static final QueueSettings SETTINGS =
      new QueueSettings(
          Duration.ofHours(24),
          Duration.ZERO,
          Duration.ofSeconds(30),
          Duration.ofMillis(50),
          Duration.ofSeconds(30));

  final Database database;
  final PictureStore files;
  final JobQueue queue;
  final long person;
  private final Deque<Worker> workers = new ArrayDeque<>();

  OpenQueue(Path data) {
    this(TestDatabase.H2, data);
  }

  OpenQueue(TestDatabase kind, Path data) {
    this(kind, data, InstantSource.system());
  }

  OpenQueue(TestDatabase kind, Path data, InstantSource clock) {
    database = kind.open(data);
    files = PictureStore.open(data);
    queue = JobQueue.open(database, files, clock, SETTINGS);
    person = new PersonDao(database, InstantSource.system()).idOf("web", "local", "somebody");
  }

  /** As opened again after all leases have run out. */
  static OpenQueue later(TestDatabase kind, Path data, int lives) {
    Duration later = SETTINGS.lease().multipliedBy(2L * lives);
    return new OpenQueue(kind, data, () -> InstantSource.system().instant().plus(later));
  }

  Worker work(ImageGenerator generator) {
    return work(generator, new PlainPictures());
  }

  Worker work(ImageGenerator generator, PictureEncoder encoder) {
    Worker worker = Worker.start(queue, generator, encoder);
    workers.push(worker);
    return worker;
  }

  Job submit(long seed) {
    return queue.submit(NewJob.plain(person, ORIGIN, request("a red circle", seed, 1)));
  }

  /** Another person. */
  long person(String name) {
    return new PersonDao(database, InstantSource.system()).idOf("web", name, name);
  }

  Job submit(long asking, double weight, long seed) {
    return queue.submit(
        new NewJob(
            asking,
            ORIGIN,
            request("a red circle", seed, 1),
            Optional.empty(),
            false,
            weight,
            Route.NONE));
  }

  static GenerationRequest request(String prompt, long seed, int count) {
    return new GenerationRequest(
        "tiny",
        prompt,
        "",
        new ImageSize(64, 64),
        4,
        0,
        "TCD",
        0.3,
        new Seed(seed),
        count,
        List.of(),
        0);
  }

  Job find(long id) {
    return queue.find(id).orElseThrow();
  }

  /** In the queue, 1 for the next job; 0 for one that does not wait. */
  int position(long id) {
    return queue.find(id).map(queue::place).orElse(Place.NONE).position();
  }

  Job awaitState(long id, JobState state) {
    await().until(() -> find(id).state() == state);
    return find(id);
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
    database.close();
  }
}
