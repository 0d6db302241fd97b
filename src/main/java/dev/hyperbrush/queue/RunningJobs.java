package dev.hyperbrush.queue;

import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The jobs that this process draws or stores right now: how one gets in, and every way out.
 *
 * <p>Thread-safe. Claiming and cancelling exclude each other, so that a job is always found either
 * waiting or here, and events come in the order of the states.
 */
final class RunningJobs {
  private final Claims claims;
  private final Ends ends;
  private final JobEvents events;
  private final Map<Long, RunningJob> running = new ConcurrentHashMap<>();

  /** What the owners of this process' leases begin with, in this life of the process. */
  private final String process = ProcessHandle.current().pid() + "-" + UUID.randomUUID() + "/";

  /** Shared by those who accept jobs, held alone by those who change the state of waiting ones. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  RunningJobs(Claims claims, Ends ends, JobEvents events) {
    this.claims = claims;
    this.ends = ends;
    this.events = events;
  }

  String process() {
    return process;
  }

  /** Runs {@code insert} and tells of the job, before anybody can tell of its next state. */
  Job accept(Supplier<Job> insert) {
    return locked(
        lock.readLock(),
        () -> {
          Job job = insert.get();
          events.changed(job, JobState.QUEUED);
          return job;
        });
  }

  /** As {@link #accept(Supplier)}, for a job that is there; false when {@code release} is. */
  boolean accept(Job job, BooleanSupplier release) {
    return locked(
        lock.readLock(),
        () -> {
          boolean released = release.getAsBoolean();
          if (released) {
            events.changed(job, JobState.QUEUED);
          }
          return released;
        });
  }

  /**
   * Takes the job that is next; empty when none waits.
   *
   * @param worker a name of its own within this process
   */
  Optional<RunningJob> claimNext(String worker) {
    return claimNext(worker, ModelAffinity.none());
  }

  /** As {@link #claimNext(String)}, rather one for the model that the worker has. */
  Optional<RunningJob> claimNext(String worker, ModelAffinity affinity) {
    String owner = process + worker;
    return locked(lock.writeLock(), () -> claims.next(owner, affinity).map(job -> add(job, owner)));
  }

  private RunningJob add(Job job, String owner) {
    RunningJob claimed = new RunningJob(job, owner);
    running.put(job.id(), claimed);
    events.changed(job, JobState.RUNNING);
    return claimed;
  }

  /**
   * Asks a job to stop that runs here, or else tries {@code elsewhere} while nobody here claims.
   *
   * @param owner whether whoever asked for it does so
   * @return false when it is neither here nor there, or too late
   */
  boolean cancel(long id, boolean owner, BooleanSupplier elsewhere) {
    // The running ones first: asking those needs no room on the disk.
    return locked(
        lock.writeLock(),
        () -> {
          Optional<RunningJob> here =
              Optional.ofNullable(running.get(id)).filter(job -> !job.isLost());
          return here.map(job -> cancelRunning(job, owner)).orElseGet(elsewhere::getAsBoolean);
        });
  }

  private boolean cancelRunning(RunningJob claimed, boolean owner) {
    if (claimed.isBeingStored()) {
      return false;
    }
    claimed.cancelByPerson(owner);
    claimed.unwrittenEnd().ifPresent(thrown -> end(claimed, thrown));
    return true;
  }

  /** Says that the job is still being drawn; stops it when somebody took it for lost. */
  void renew(RunningJob claimed) {
    long id = claimed.job().id();
    if (!claimed.isLost()
        && !claims.renew(id, claimed.leaseOwner())
        && running.get(id) == claimed) {
      ends.lost(claimed);
    }
  }

  /**
   * The good end: stores the pictures and marks the job done. Once that has begun, it can no longer
   * be cancelled, and whoever tries is told so.
   */
  void done(RunningJob claimed, List<EncodedPicture> pictures, GenerationResult result) {
    locked(
        lock.writeLock(),
        () -> {
          claimed.beginStoring();
          return claimed;
        });
    Optional<JobState> state = ends.done(claimed, pictures, result);
    leave(claimed, state);
  }

  /**
   * Every other end, by what was thrown while drawing or storing. When it cannot be written, the
   * job stays here and can still be cancelled, until {@link #writeEnds}.
   */
  void ended(RunningJob claimed, Throwable thrown) {
    locked(
        lock.writeLock(),
        () -> {
          claimed.endedBy(thrown);
          return end(claimed, thrown);
        });
  }

  /** Writes the ends that could not be written, as when the disk was full. */
  void writeEnds() {
    locked(
        lock.writeLock(),
        () -> {
          here().forEach(job -> job.unwrittenEnd().ifPresent(thrown -> end(job, thrown)));
          return running;
        });
  }

  private Optional<JobState> end(RunningJob claimed, Throwable thrown) {
    Optional<JobState> state = ends.ended(claimed, thrown);
    leave(claimed, state);
    return state;
  }

  private void leave(RunningJob claimed, Optional<JobState> now) {
    running.remove(claimed.job().id(), claimed);
    now.ifPresent(state -> events.changed(claimed.job(), state));
  }

  /** The jobs in this process now. */
  List<RunningJob> here() {
    return List.copyOf(running.values());
  }

  /** Those of them that are still ours, by number. */
  Set<Long> numbers() {
    return here().stream()
        .filter(claimed -> !claimed.isLost())
        .map(claimed -> claimed.job().id())
        .collect(Collectors.toSet());
  }

  private static <T> T locked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
