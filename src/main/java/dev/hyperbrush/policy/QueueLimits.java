package dev.hyperbrush.policy;

/**
 * How many jobs may wait, whoever asked for them. Immutable.
 *
 * @param onServer of one server or group
 * @param inAll of everybody, the operator included
 */
public record QueueLimits(int onServer, int inAll) {
  public static final int MOST = 10_000_000;

  /** More than anybody would wait for. */
  public static final QueueLimits STANDARD = new QueueLimits(10_000, 100_000);

  public QueueLimits {
    Range.require("onServer", onServer, 1, MOST);
    Range.require("inAll", inAll, 1, MOST);
  }
}
