package dev.hyperbrush.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What the end or the deletion of a job leaves in the outbox, in the transaction that ends or
 * deletes it: so no end is ever forgotten, and none is told that did not happen. Stateless.
 */
final class JobNews {
  /**
   * A job has ended.
   *
   * @param known whether the person knows already, as they have cancelled it: then only what was
   *     posted about it before is brought up to date
   */
  static void ended(Handle handle, long jobId, boolean known, Instant now) {
    News news = news(handle, jobId).orElseThrow();
    DeliveryState nowhere = known ? DeliveryState.SHOWN : DeliveryState.WAITING;
    insert(
        handle,
        jobId,
        news,
        news.route().ladder().isEmpty() ? nowhere : DeliveryState.DUE,
        known,
        now);
  }

  /**
   * The end shall be told elsewhere; false when that has begun, or was said before. Counts as a
   * claim, so that nobody claims it who has read where it was to be told until now.
   */
  static boolean rerouted(Handle handle, long jobId, Route route) {
    return !route.ladder().isEmpty()
        && handle
                .createUpdate(
                    """
                    UPDATE delivery SET route = :route, lane = :lane, claims = claims + 1
                    WHERE job_id = :job AND state = 'DUE' AND claims = 0 AND NOT known\
                    """)
                .bind("route", Json.write(route))
                .bind("lane", route.ladder().getFirst().lane())
                .bind("job", jobId)
                .execute()
            == 1;
  }

  /**
   * A job is being deleted: what was posted about it is taken back. What is being posted right now
   * keeps its lease, and is taken back when it is posted.
   */
  static void deleted(Handle handle, long jobId, Instant now) {
    // Whoever is ending it right now comes first.
    handle
        .createQuery("SELECT id FROM job WHERE id = :job FOR UPDATE")
        .bind("job", jobId)
        .mapTo(Long.class)
        .list();
    boolean known =
        handle
                .createUpdate(
                    """
                    UPDATE delivery SET state = 'WITHDRAWING', lane = :lane, due_since = :now,
                      attempts = 0,
                      next_try = CASE WHEN claimed_by IS NULL THEN :now ELSE next_try END
                    WHERE job_id = :job AND state <> 'WITHDRAWING'\
                    """)
                .bind("lane", laneOfWithdrawal(jobId))
                .bind("now", now)
                .bind("job", jobId)
                .execute()
            == 1;
    if (!known) { // it has not ended, but may have been spoken of
      news(handle, jobId)
          .filter(news -> !news.route().ladder().isEmpty())
          .ifPresent(news -> insert(handle, jobId, news, DeliveryState.WITHDRAWING, true, now));
    }
  }

  /** A job is not kept any longer: nothing more is said about it. */
  static void retired(Handle handle, long jobId) {
    handle
        .createUpdate("DELETE FROM delivery WHERE job_id = :job AND state <> 'WITHDRAWING'")
        .bind("job", jobId)
        .execute();
  }

  /** Nobody waits for a withdrawal, and it waits for nobody. */
  private static String laneOfWithdrawal(long jobId) {
    return "withdrawal " + jobId;
  }

  private record News(String platform, Route route) {}

  private static Optional<News> news(Handle handle, long jobId) {
    return handle
        .createQuery("SELECT platform, route FROM job WHERE id = :job")
        .bind("job", jobId)
        .map((row, _) -> new News(row.getString("platform"), Route.read(row.getString("route"))))
        .findOne();
  }

  private static void insert(
      Handle handle, long jobId, News news, DeliveryState state, boolean known, Instant now) {
    boolean due = state == DeliveryState.DUE || state == DeliveryState.WITHDRAWING;
    handle
        .createUpdate(
            """
            INSERT INTO delivery
              (job_id, platform, route, lane, known, state, next_try, due_since, created_at)
            VALUES (:job, :platform, :route, :lane, :known, :state, :nextTry, :now, :now)\
            """)
        .bind("job", jobId)
        .bind("platform", news.platform())
        .bind("route", Json.write(news.route()))
        .bind(
            "lane",
            state == DeliveryState.DUE
                ? news.route().ladder().getFirst().lane()
                : laneOfWithdrawal(jobId))
        .bind("known", known)
        .bind("state", state.name())
        .bind("nextTry", due ? Optional.of(now) : Optional.<Instant>empty())
        .bind("now", now)
        .execute();
  }

  private JobNews() {}
}
