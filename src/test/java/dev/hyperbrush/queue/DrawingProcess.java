package dev.hyperbrush.queue;

import dev.hyperbrush.ChildProcess;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * A process that accepts and draws jobs until it is killed, and says so: {@code accepted ID SEED}
 * when a job was submitted, {@code done ID} when it has its picture.
 */
final class DrawingProcess {
  /** Accepted and not done at any time, over all lives. */
  private static final int MAX_UNDONE = 5;

  /** They ask at once, and so share commits. */
  private static final int PEOPLE = 3;

  /** Starts one whose jobs have seeds that follow from {@code seed}. */
  static ChildProcess start(Path data, long seed) throws IOException {
    return ChildProcess.start(
        DrawingProcess.class, "(accepted|done) .*", data.toString(), Long.toString(seed));
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
