package dev.hyperbrush.tokenizer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Byte-pair encoding (Sennrich et al., "Neural Machine Translation of Rare Words with Subword
 * Units", arXiv 1508.07909): a word starts as its UTF-8 bytes, then the pair of neighbours that was
 * learnt first becomes one symbol, until no learnt pair is left.
 *
 * <p>Takes n log n time for a word of n bytes, as words come from strangers. Thread-safe.
 */
final class BytePairEncoder {
  private static final int CACHED_WORDS = 10_000;
  private static final int CACHED_LENGTH = 64;

  private final Vocabulary vocabulary;
  private final Cache<String, int[]> cache =
      Caffeine.newBuilder().maximumSize(CACHED_WORDS).build();

  BytePairEncoder(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The ids of a word; shared, so left as they are. */
  int[] encode(String word) {
    return word.length() <= CACHED_LENGTH ? cache.get(word, this::merge) : merge(word);
  }

  private int[] merge(String word) {
    return new Symbols(vocabulary, word.getBytes(StandardCharsets.UTF_8)).mergeAll();
  }

  /** The symbols of one word as a linked list over arrays. */
  private static final class Symbols {
    private static final int GONE = -1;

    private final Vocabulary vocabulary;
    private final int[] ids;
    private final int[] previous;
    private final int[] next;
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();

    /** A pair that could be merged, if both symbols are still there when its turn comes. */
    private record Candidate(Vocabulary.Merge merge, int left, int leftId, int rightId)
        implements Comparable<Candidate> {
      @Override
      public int compareTo(Candidate other) {
        int byRank = Integer.compare(merge.rank(), other.merge.rank());
        return byRank != 0 ? byRank : Integer.compare(left, other.left);
      }
    }

    Symbols(Vocabulary vocabulary, byte[] bytes) {
      this.vocabulary = vocabulary;
      ids = new int[bytes.length];
      previous = new int[bytes.length];
      next = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        ids[i] = vocabulary.idOfByte(bytes[i], i == bytes.length - 1);
        previous[i] = i - 1;
        next[i] = i + 1;
      }
      for (int i = 0; i + 1 < bytes.length; i++) {
        propose(i);
      }
    }

    int[] mergeAll() {
      for (Candidate best = candidates.poll(); best != null; best = candidates.poll()) {
        int right = next[best.left];
        if (ids[best.left] == best.leftId && right < ids.length && ids[right] == best.rightId) {
          merge(best.left, right, best.merge.id());
        }
      }
      return Arrays.stream(ids).filter(id -> id != GONE).toArray();
    }

    private void merge(int left, int right, int id) {
      ids[left] = id;
      ids[right] = GONE;
      next[left] = next[right];
      if (next[right] < ids.length) {
        previous[next[right]] = left;
        propose(left);
      }
      if (previous[left] >= 0) {
        propose(previous[left]);
      }
    }

    private void propose(int left) {
      int leftId = ids[left];
      int rightId = ids[next[left]];
      vocabulary
          .merge(leftId, rightId)
          .ifPresent(merge -> candidates.add(new Candidate(merge, left, leftId, rightId)));
    }
  }
}
