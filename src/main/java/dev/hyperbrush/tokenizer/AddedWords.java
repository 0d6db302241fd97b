package dev.hyperbrush.tokenizer;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words beyond the vocabulary, with ids of their own: the names of textual inversions. They are
 * found as whole words, without regard to letter case, the longest first, and as {@code <name>}.
 *
 * <p>Immutable and thread-safe.
 */
public final class AddedWords {
  public static final AddedWords NONE = new AddedWords(Map.of());

  private static final String NOT_AFTER_A_WORD = "(?<![\\p{L}\\p{N}_-])";
  private static final String NOT_BEFORE_A_WORD = "(?![\\p{L}\\p{N}_-])";

  private final Map<String, int[]> ids = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Optional<Pattern> pattern;

  /**
   * Words with the ids that each becomes.
   *
   * @param idsByName names that hold no letter are passed over
   */
  public AddedWords(Map<String, int[]> idsByName) {
    idsByName.forEach((name, its) -> {
      String word = new PromptText(name).normalised();
      if (word.codePoints().anyMatch(Character::isLetterOrDigit)) {
        ids.put(word, its.clone());
        names.put(word, name);
      }
    });
    String words =
        ids.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(joining("|"));
    pattern =
        words.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Pattern.compile(
                    "<(?:%1$s)>|%2$s(?:%1$s)%3$s"
                        .formatted(words, NOT_AFTER_A_WORD, NOT_BEFORE_A_WORD)));
  }

  /** The names of those in a prompt, in the order they first appear. */
  public Set<String> in(String prompt) {
    Set<String> found = new LinkedHashSet<>();
    pattern.ifPresent(words -> {
      Matcher word = words.matcher(new PromptText(prompt).normalised());
      while (word.find()) {
        found.add(names.getOrDefault(bare(word.group()), ""));
      }
    });
    return found;
  }

  /** Finds them in normalised text; absent where there are none. */
  Optional<Pattern> pattern() {
    return pattern;
  }

  /** The ids of a word that was found. */
  Optional<int[]> ids(String word) {
    return Optional.ofNullable(ids.get(bare(word)));
  }

  private static String bare(String word) {
    return word.startsWith("<") && word.endsWith(">") && word.length() > 2
        ? word.substring(1, word.length() - 1)
        : word;
  }
}
