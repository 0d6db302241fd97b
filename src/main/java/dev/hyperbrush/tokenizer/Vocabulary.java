package dev.hyperbrush.tokenizer;

import java.util.Map;
import java.util.Optional;

/**
 * The symbols a tokenizer knows and the pairs it learnt to merge.
 *
 * <p>Immutable.
 */
final class Vocabulary {
  /** Marks the last symbol of a word. */
  private static final String WORD_END = "</w>";

  private final int[] byteIds = new int[256];
  private final int[] lastByteIds = new int[256];
  private final Map<Long, Merge> merges;

  /** What a pair becomes; the pair of lowest rank is merged first. */
  record Merge(int rank, int id) {}

  /**
   * @param ids by symbol
   * @param merges by {@link #pair}
   * @param unknownId of a byte that is no symbol
   */
  Vocabulary(Map<String, Integer> ids, Map<Long, Merge> merges, int unknownId) {
    this.merges = merges;
    for (int b = 0; b < 256; b++) {
      String symbol = Character.toString(symbolOfByte(b));
      byteIds[b] = ids.getOrDefault(symbol, unknownId);
      lastByteIds[b] = ids.getOrDefault(symbol + WORD_END, unknownId);
    }
  }

  int idOfByte(byte value, boolean last) {
    int unsigned = Byte.toUnsignedInt(value);
    return last ? lastByteIds[unsigned] : byteIds[unsigned];
  }

  Optional<Merge> merge(int leftId, int rightId) {
    return Optional.ofNullable(merges.get(pair(leftId, rightId)));
  }

  static long pair(int leftId, int rightId) {
    return (long) leftId << 32 | rightId;
  }

  /**
   * The character that stands for a byte in vocabulary files: itself where it prints, else one from
   * U+0100 on (GPT-2's byte alphabet).
   */
  private static char symbolOfByte(int b) {
    if (b <= ' ') {
      return (char) (0x100 + b);
    }
    if (b >= 0x7F && b <= 0xA0) {
      return (char) (0x121 + b - 0x7F);
    }
    return (char) (b == 0xAD ? 0x143 : b);
  }
}
