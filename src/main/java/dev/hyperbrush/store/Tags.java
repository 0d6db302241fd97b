package dev.hyperbrush.store;

/**
 * Where a job lies on the queue's virtual time, in pixel-steps of a person with weight 1.
 *
 * @param start its place in the queue: the smallest is next, ties go to the smallest id
 * @param finish where its person's next job can start
 */
public record Tags(long start, long finish) {
  public long length() {
    return finish - start;
  }

  /** Begun no later than this. */
  Tags from(long present) {
    return start <= present ? this : new Tags(present, finish);
  }

  /** Moved towards the present. */
  public Tags earlier(long by) {
    return new Tags(start - by, finish - by);
  }
}
