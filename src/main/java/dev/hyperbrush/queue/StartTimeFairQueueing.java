package dev.hyperbrush.queue;

import dev.hyperbrush.store.FairOrder;
import dev.hyperbrush.store.Tags;
import dev.hyperbrush.store.VirtualTime;
import dev.hyperbrush.store.Work;

/**
 * Pawan Goyal, Harrick M. Vin, Haichen Cheng: "Start-time Fair Queueing: A Scheduling Algorithm for
 * Integrated Services Packet Switching Networks", SIGCOMM 1996.
 *
 * <p>A job starts, on a virtual time, where its person's job before finishes, or at the time's
 * present, whichever is later, and is as long as its cost divided by its person's weight. The next
 * job is the one that starts first. The present is the start of the job that was claimed last; when
 * nothing waits, it moves to the end of all that was drawn, so that nobody owes anything for what
 * they drew while nobody waited.
 *
 * <p>So of those who wait, everybody gets work in proportion to their weight; and a single job of
 * somebody new starts at the present, before all but the first waiting job of everybody else, even
 * of somebody who has thousands.
 *
 * <p>The paper has a fixed number of flows. Here, new people without end could hold the present
 * where it is, and so hold up for ever whoever is ahead of it, as everybody is who has drawn a
 * picture just before. That is why each claimed job also moves the present by a ten-thousandth of
 * its cost: a job that starts {@code d} ahead of the present is overtaken by at most {@code 10000
 * d} of work that is asked for later, or one's second picture by the first ones of ten thousand
 * people. This changes nothing as long as the weights of those who wait come to less; beyond, it
 * turns fair order gradually into first come, first drawn. Weights are bounded, as {@code d} is the
 * cost of one's last job by one's weight.
 *
 * <p>Immutable.
 */
public final class StartTimeFairQueueing implements FairOrder {
  static final double MIN_WEIGHT = 0.01;
  static final double MAX_WEIGHT = 100;

  /** The sum of the weights of those who wait, beyond which the present runs ahead of them. */
  static final long AGEING = 10_000;

  @Override
  public Tags place(VirtualTime time, long lastFinish, Work work) {
    long start = Math.max(time.now(), lastFinish);
    return new Tags(start, start + length(work));
  }

  private static long length(Work work) {
    double weight = Math.clamp(work.weight(), MIN_WEIGHT, MAX_WEIGHT);
    return Math.max(1, Math.round(work.cost() / weight));
  }

  @Override
  public VirtualTime claimed(VirtualTime time, Tags tags, Work work) {
    return new VirtualTime(
        Math.max(time.now() + work.cost() / AGEING, tags.start()),
        Math.max(time.lastFinish(), tags.finish()));
  }

  @Override
  public VirtualTime idle(VirtualTime time) {
    return time.now() < time.lastFinish()
        ? new VirtualTime(time.lastFinish(), time.lastFinish())
        : time;
  }
}
