package dev.hyperbrush.queue;

import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * A process that accepts and draws jobs until it is killed, and says so: {@code accepted ID SEED}
 * when a job was submitted, {@code done ID} when it has its picture.
 */
final class DrawingProcess implements AutoCloseable {
  /** Accepted and not done at any time, over all lives. */
  private static final int MAX_UNDONE = 5;

  /** They ask at once, and so share commits. */
  private static final int PEOPLE = 3;

  private final Process process;
  private final BufferedReader lines;

  private DrawingProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader();
  }

  /** Starts one whose jobs have seeds that follow from {@code seed}. */
  static DrawingProcess start(Path data, long seed) throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    return new DrawingProcess(
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DrawingProcess.class.getName(),
                data.toString(),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** The next thing it says, logging aside; empty when it is dead and all was heard. */
  Optional<String> line() throws IOException {
    String line;
    do {
      line = lines.readLine();
    } while (line != null && !line.startsWith("accepted ") && !line.startsWith("done "));
    return Optional.ofNullable(line);
  }

  /** SIGKILL on Unix. Through the handle, as the process itself would also close what it said. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() throws IOException {
    kill();
    lines.close();
  }

  public static void main(String[] args) throws Exception {
    OpenQueue open = new OpenQueue(Path.of(args[0]));
    Semaphore mayAccept = new Semaphore(MAX_UNDONE - open.queue.waiting());
    open.queue
        .events()
        .subscribe(event -> {
          if (event.is(JobState.DONE)) {
            System.out.println("done " + event.jobId());
            mayAccept.release();
          }
        });
    open.work(new PlainPictures());
    Random chance = new Random(Long.parseLong(args[1]));
    List<Thread> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(Thread.startVirtualThread(() -> accept(open, mayAccept, chance)));
    }
    for (Thread person : people) {
      person.join();
    }
  }

  private static void accept(OpenQueue open, Semaphore mayAccept, Random chance) {
    while (true) {
      mayAccept.acquireUninterruptibly();
      long seed = chance.nextLong(Long.MAX_VALUE);
      Job job = open.submit(seed);
      System.out.println("accepted " + job.id() + " " + seed);
    }
  }
}
