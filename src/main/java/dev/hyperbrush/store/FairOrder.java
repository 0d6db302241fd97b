package dev.hyperbrush.store;

/**
 * The arithmetic of whose turn it is; the database keeps its numbers, which are the same for all
 * processes that share it. Implementations are immutable.
 */
public interface FairOrder {
  /**
   * The place of a new job.
   *
   * @param lastFinish finish tag of its person's job before
   */
  Tags place(VirtualTime time, long lastFinish, Work work);

  /** The time after a job was claimed. */
  VirtualTime claimed(VirtualTime time, Tags tags, Work work);

  /** The time after a worker found nothing to do. */
  VirtualTime idle(VirtualTime time);
}
