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
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A queue with a real database in a folder, as the program opens it. */
final class OpenQueue implements AutoCloseable {
  static final Origin ORIGIN = new Origin("web", "page", Optional.empty());

  final Database database;
  final PictureStore files;
  final JobQueue queue;
  final long person;
  private final Deque<Worker> workers = new ArrayDeque<>();

  OpenQueue(Path data) {
    this(TestDatabase.H2, data);
  }

  OpenQueue(TestDatabase kind, Path data) {
    database = kind.open(data);
    files = PictureStore.open(data);
    queue = JobQueue.open(database, files, InstantSource.system());
    person = new PersonDao(database, InstantSource.system()).idOf("web", "local", "somebody");
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
