package dev.hyperbrush.queue;

import dev.hyperbrush.store.ErasureDao;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets people: their jobs are cancelled, what was drawn and posted goes, then all else. Every
 * step may be done twice, so that one which was interrupted is finished later. Thread-safe.
 */
public final class Erasure {
  private static final Logger log = LoggerFactory.getLogger(Erasure.class);

  private static final int AT_ONCE = 500;

  private final JobQueue queue;
  private final ErasureDao people;

  public Erasure(JobQueue queue, ErasureDao people) {
    this.queue = queue;
    this.people = people;
  }

  /** Erases a person; nothing of them is left when this returns. */
  public void erase(long personId) {
    people.begin(personId);
    finish(personId);
  }

  /** Finishes what an earlier process has begun. To be called before anybody can ask for more. */
  public void finishBegun() {
    for (long person : people.unfinished()) {
      finish(person);
      log.info("A person whose erasure was interrupted is erased");
    }
  }

  private void finish(long personId) {
    do {
      deleteJobs(personId);
    } while (!people.finish(personId));
  }

  private void deleteJobs(long personId) {
    List<Long> jobs = people.jobs(personId, AT_ONCE);
    while (!jobs.isEmpty()) {
      jobs.forEach(queue::delete);
      jobs = people.jobs(personId, AT_ONCE);
    }
  }
}
