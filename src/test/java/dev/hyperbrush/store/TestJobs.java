package dev.hyperbrush.store;

import dev.hyperbrush.generation.Phrase;
import java.time.Instant;
import java.util.List;

/** What happens to jobs, done by one worker that is there in every test. Thread-safe. */
public final class TestJobs {
  private static final String WORKER = "test/worker";

  /** One after the other, in the order of their numbers. */
  private static final FairOrder FIRST_COME =
      new FairOrder() {
        @Override
        public Tags place(VirtualTime time, long lastFinish, Work work) {
          return new Tags(0, 0);
        }

        @Override
        public VirtualTime claimed(VirtualTime time, Tags tags, Work work) {
          return time;
        }

        @Override
        public VirtualTime idle(VirtualTime time) {
          return time;
        }
      };

  private final JobDao jobs;
  private final ClaimDao claims;
  private final LeaseDao leases;

  public TestJobs(Database database) {
    jobs = new JobDao(database);
    claims = new ClaimDao(database, FIRST_COME);
    leases = new LeaseDao(database);
  }

  public long insert(NewJob job, Instant now) {
    return jobs.insert(job, FIRST_COME, now).id();
  }

  public boolean claim(long id, Instant now) {
    return claims.claim(id, Long.MAX_VALUE, new Lease(WORKER, now.plusSeconds(60)), now);
  }

  public boolean requeue(long id, Instant now) {
    return leases.requeue(id, WORKER, 0, now);
  }

  /** As when the person cancels it who asked for it, or somebody else. */
  public boolean cancelRunning(long id, boolean known, Instant now) {
    return leases.cancel(id, WORKER, known, now);
  }

  public boolean fail(long id, Phrase failure, Instant now) {
    return leases.fail(id, WORKER, failure, now);
  }

  public boolean finish(long id, List<Picture> pictures, List<Phrase> notices, Instant now) {
    return leases.finish(jobs.find(id).orElseThrow(), WORKER, pictures, notices, now);
  }

  /** Ends every running job, as when its worker has died once too often. */
  public void giveUp(Phrase failure, Instant now) {
    leases.running().forEach(lost -> leases.giveUp(lost, failure, now));
  }
}
