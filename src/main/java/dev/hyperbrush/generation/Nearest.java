package dev.hyperbrush.generation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The known word that somebody probably meant: the smallest number of inserted, removed, changed or
 * swapped letters (Damerau 1964, restricted), letter case aside.
 */
public final class Nearest {
  /** Longer than any name of ours: comparing costs the square of the length. */
  private static final int LONGEST = 64;

  /** A longer list helps nobody. */
  private static final int LISTED = 12;

  /** The nearest of {@code known}, empty when all are too far off to be meant. */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.isEmpty() || word.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(name -> name.length() <= LONGEST && distance(word, name) <= tolerated(word, name))
        .min(Comparator.comparingInt(name -> distance(word, name)));
  }

  /** All known words for a sentence, the one that was probably meant first: {@code tiny, sdxl}. */
  public static String first(String word, Collection<String> known) {
    if (known.isEmpty()) {
      return "–";
    }
    List<String> words = new ArrayList<>(known);
    to(word, known)
        .ifPresent(nearest -> {
          words.remove(nearest);
          words.addFirst(nearest);
        });
    String listed = words.stream().limit(LISTED).collect(Collectors.joining(", "));
    return words.size() > LISTED ? listed + ", …" : listed;
  }

  /** A third of the letters may be wrong; a beginning or an ending may be missing altogether. */
  private static int tolerated(String word, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String typed = word.toLowerCase(Locale.ROOT);
    boolean part = word.length() >= 3 && (lower.startsWith(typed) || lower.endsWith(typed));
    return part ? name.length() : Math.max(1, Math.max(word.length(), name.length()) / 3);
  }

  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
        best = Math.min(best, edits[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, edits[i - 2][j - 2] + 1);
        }
        edits[i][j] = best;
      }
    }
    return edits[a.length()][b.length()];
  }

  private Nearest() {}
}
