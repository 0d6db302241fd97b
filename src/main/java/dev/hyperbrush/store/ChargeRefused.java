package dev.hyperbrush.store;

/** A job was not accepted, as its person would have exceeded a limit. Nothing was written. */
public final class ChargeRefused extends RuntimeException {
  /** Which limit. */
  public enum Limit {
    UNFINISHED,
    DAILY_WORK
  }

  private final Limit limit;
  private final long used;

  ChargeRefused(Limit limit, long used) {
    super(limit + " with " + used + " used", null, false, false);
    this.limit = limit;
    this.used = used;
  }

  public Limit limit() {
    return limit;
  }

  /** Without the refused job: unfinished jobs, or pixel-steps of the day. */
  public long used() {
    return used;
  }
}
