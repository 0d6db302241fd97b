package dev.hyperbrush.delivery;

import dev.hyperbrush.queue.Place;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What is shown of one job under way. Thread-safe: one edit at a time, and none begins after the
 * end. Small, as ten thousand jobs may wait.
 */
final class ProgressMessage {
  private final String platform;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition edited = lock.newCondition();

  /** Empty until it was first looked where the job is, which the message shows about. */
  private Optional<ProgressPace> pace = Optional.empty();

  private boolean drawing;
  private int step;
  private int steps;
  private boolean editing;
  private boolean ended;

  ProgressMessage(String platform, InstantSource clock) {
    this.platform = platform;
    this.clock = clock;
  }

  /** How far a job is, to be shown now. */
  record Shown(Place place, int step, int steps) {}

  String platform() {
    return platform;
  }

  /** The message says that a moderator looks at the job: whatever its place will be, it is news. */
  void held() {
    ask(() -> {
      pace = Optional.of(new ProgressPace(Integer.MAX_VALUE, clock));
      return true;
    });
  }

  /** The job waits; if it was drawn before, whatever its place is now, it is news. */
  void waits() {
    ask(() -> {
      if (drawing) {
        pace = Optional.of(new ProgressPace(Integer.MAX_VALUE, clock));
      }
      drawing = false;
      return true;
    });
  }

  /** The job is drawn, and this step of it is done. */
  void draws(int done, int of) {
    ask(() -> {
      if (!drawing) {
        paceFrom(0).stepped(done, of); // the pace measures from here
      }
      drawing = true;
      step = done;
      steps = of;
      return true;
    });
  }

  boolean isDrawing() {
    return ask(() -> drawing);
  }

  boolean isEditing() {
    return ask(() -> editing);
  }

  /** Steps done. */
  int step() {
    lock.lock();
    try {
      return step;
    } finally {
      lock.unlock();
    }
  }

  /** Begins an edit if the place that the job has now is worth one. */
  Optional<Shown> beginMoved(Place now) {
    boolean begun = begin(() -> !drawing && paceFrom(now.position()).moved(now.position()));
    return begun ? Optional.of(new Shown(now, 0, 0)) : Optional.empty();
  }

  /** Begins an edit if it is time for one of the drawing. */
  Optional<Shown> beginDrawn() {
    boolean begun = begin(() -> drawing && paceFrom(0).stepped(step, steps));
    return begun ? Optional.of(new Shown(Place.NONE, step, steps)) : Optional.empty();
  }

  private ProgressPace paceFrom(int position) {
    ProgressPace known = pace.orElseGet(() -> new ProgressPace(position, clock));
    pace = Optional.of(known);
    return known;
  }

  private boolean begin(BooleanSupplier isWorthIt) {
    return ask(() -> {
      if (ended || editing || !isWorthIt.getAsBoolean()) {
        return false;
      }
      editing = true;
      return true;
    });
  }

  /** The edit that was begun is over. */
  void edited() {
    ask(() -> {
      editing = false;
      edited.signalAll();
      return true;
    });
  }

  /**
   * From here on no edit begins.
   *
   * @return whether none is under way either
   */
  boolean end() {
    return ask(() -> {
      ended = true;
      return !editing;
    });
  }

  /** Whether it has ended and no edit is under way. */
  boolean isOver() {
    return ask(() -> ended && !editing);
  }

  /** As {@link #end}, and waits so long for an edit that is under way. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      ended = true;
      long left = limit.toNanos();
      while (editing && left > 0) {
        left = edited.awaitNanos(left);
      }
      return !editing;
    } finally {
      lock.unlock();
    }
  }

  private boolean ask(BooleanSupplier question) {
    lock.lock();
    try {
      return question.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }
}
