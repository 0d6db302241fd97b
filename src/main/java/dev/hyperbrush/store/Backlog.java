package dev.hyperbrush.store;

/** Makes queues long, to measure with. Stateless. */
public final class Backlog {
  /** Rows of one transaction. */
  private static final int BATCH = 20_000;

  /**
   * Adds copies of a waiting job behind it, their tags in no order, in an H2 database.
   *
   * @param like number of the job
   */
  public static void add(Database database, long like, int copies) {
    for (int done = 0; done < copies; done += BATCH) {
      int first = done + 1;
      int last = Math.min(copies, done + BATCH);
      database.write(handle ->
          handle
              .createUpdate(
                  """
                  INSERT INTO job (person_id, platform, channel, server, request, model, prompt,
                    seed, state, cost, start_tag, finish_tag, created_at, route)
                  SELECT person_id, platform, channel, server, request, model, prompt, seed, state,
                    cost, start_tag + MOD("X" * 7919, :copies) * cost,
                    finish_tag + MOD("X" * 7919, :copies) * cost, created_at, route
                  FROM job CROSS JOIN SYSTEM_RANGE(:first, :last) WHERE id = :like\
                  """)
              .bind("copies", (long) copies)
              .bind("first", first)
              .bind("last", last)
              .bind("like", like)
              .execute());
    }
  }

  private Backlog() {}
}
