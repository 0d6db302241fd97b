package dev.hyperbrush.queue;

import dev.hyperbrush.store.OutlookDao;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;

/**
 * The waiting jobs as they were at a moment, in their order, and the seconds of drawing before each
 * of them, for one worker. Immutable. A million of them take 24 MB.
 */
final class QueueOutlook {
  static final QueueOutlook EMPTY = new Builder((_, _) -> 0).build();

  private final long[] tags;
  private final long[] ids;

  /** One longer than the others: the last one is the whole. */
  private final double[] secondsBefore;

  private QueueOutlook(long[] tags, long[] ids, double[] secondsBefore) {
    this.tags = tags;
    this.ids = ids;
    this.secondsBefore = secondsBefore;
  }

  int size() {
    return ids.length;
  }

  /** The start tag at a rank; at {@link #size}, the last one. */
  long tag(int rank) {
    return tags.length == 0 ? 0 : tags[Math.min(rank, tags.length - 1)];
  }

  long id(int rank) {
    return ids[rank];
  }

  /** Of drawing all that is before this rank, from 0 to {@link #size}. */
  double secondsBefore(int rank) {
    return secondsBefore[rank];
  }

  /** How many jobs are before one that may be here or not. */
  int rank(long tag, long id) {
    int low = 0;
    int high = ids.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean before = tags[middle] < tag || (tags[middle] == tag && ids[middle] < id);
      if (before) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The rank of a job by looking at each; -1 when it is not here. */
  int find(long id) {
    for (int rank = 0; rank < ids.length; rank++) {
      if (ids[rank] == id) {
        return rank;
      }
    }
    return -1;
  }

  /** Collects the jobs in their order. Owned by one thread. */
  static final class Builder implements OutlookDao.Visitor {
    private final ToDoubleBiFunction<Long, String> seconds;
    private long[] tags = new long[64];
    private long[] ids = new long[64];
    private double[] secondsBefore = new double[65];
    private int size;

    /**
     * With nothing in it.
     *
     * @param seconds that a job takes, by its cost and model
     */
    Builder(ToDoubleBiFunction<Long, String> seconds) {
      this.seconds = seconds;
    }

    @Override
    public void waiting(long id, long startTag, long cost, String model) {
      if (size == ids.length) {
        grow();
      }
      tags[size] = startTag;
      ids[size] = id;
      secondsBefore[size + 1] = secondsBefore[size] + seconds.applyAsDouble(cost, model);
      size++;
    }

    private void grow() {
      int length = size * 2;
      tags = Arrays.copyOf(tags, length);
      ids = Arrays.copyOf(ids, length);
      secondsBefore = Arrays.copyOf(secondsBefore, length + 1);
    }

    QueueOutlook build() {
      return new QueueOutlook(
          Arrays.copyOf(tags, size),
          Arrays.copyOf(ids, size),
          Arrays.copyOf(secondsBefore, size + 1));
    }
  }
}
