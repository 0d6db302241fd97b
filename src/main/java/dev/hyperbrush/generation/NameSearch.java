package dev.hyperbrush.generation;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Finds names by what somebody types of them: the beginning, a part, the letters in their order, or
 * something close to a word of them.
 */
public final class NameSearch {
  /** The score of the least good match. */
  public static final int WORST = 5;

  private static final int LONGEST = 100;

  private record Match(String name, int score) {}

  /** Those that match, the best first, else as they were; all without anything typed. */
  public static List<String> find(List<String> names, String typed) {
    return names.stream()
        .flatMap(name -> score(name, typed).stream().mapToObj(score -> new Match(name, score)))
        .sorted(Comparator.comparingInt(Match::score))
        .map(Match::name)
        .toList();
  }

  /** How well a name matches: 0 when it is what was typed, to {@link #WORST}; empty when not. */
  public static OptionalInt score(String name, String typed) {
    String wanted = typed.strip().toLowerCase(Locale.ROOT);
    String lower = name.toLowerCase(Locale.ROOT);
    if (wanted.length() > LONGEST) {
      return OptionalInt.empty();
    } else if (lower.equals(wanted)) {
      return OptionalInt.of(0);
    } else if (lower.startsWith(wanted)) {
      return OptionalInt.of(1);
    } else if (lower.contains(wanted)) {
      return OptionalInt.of(2);
    } else if (wanted.length() >= 3 && isNear(lower, wanted)) {
      return OptionalInt.of(3);
    } else if (wanted.length() >= 3 && hasInOrder(lower, wanted)) {
      return OptionalInt.of(WORST);
    }
    return OptionalInt.empty();
  }

  private static boolean isNear(String name, String wanted) {
    return wanted.length() >= 4
        && Stream.of(name.split("[^\\p{L}\\p{N}]+"))
            .filter(word -> word.length() <= LONGEST)
            .anyMatch(word -> Nearest.distance(word, wanted) <= wanted.length() / 4);
  }

  private static boolean hasInOrder(String name, String wanted) {
    int at = 0;
    for (int i = 0; i < name.length() && at < wanted.length(); i++) {
      if (name.charAt(i) == wanted.charAt(at)) {
        at++;
      }
    }
    return at == wanted.length();
  }

  private NameSearch() {}
}
