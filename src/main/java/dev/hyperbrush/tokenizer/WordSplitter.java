package dev.hyperbrush.tokenizer;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts normalised text into the words that byte-pair encoding works on, by CLIP's own pattern: runs
 * of letters, single digits, runs of anything else. Special tokens are cut out before.
 *
 * <p>Immutable.
 */
final class WordSplitter {
  private static final Pattern WORD =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d|\\p{L}++|\\p{N}|[^\\p{IsWhite_Space}\\p{L}\\p{N}]++");

  private final Pattern special;

  /**
   * @param specialTokens not empty
   */
  WordSplitter(Collection<String> specialTokens, AddedWords added) {
    String tokens =
        specialTokens.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(joining("|"));
    special = Pattern.compile(added.pattern().map(words -> tokens + "|" + words).orElse(tokens));
  }

  /**
   * @param start index in the text
   * @param special whether it is a special token or an added word
   */
  record Word(String text, int start, boolean special) {}

  List<Word> split(String text) {
    List<Word> words = new ArrayList<>();
    Matcher token = special.matcher(text);
    int end = 0;
    while (token.find()) {
      splitPlain(text, end, token.start(), words);
      words.add(new Word(token.group(), token.start(), true));
      end = token.end();
    }
    splitPlain(text, end, text.length(), words);
    return words;
  }

  private static void splitPlain(String text, int from, int to, List<Word> words) {
    Matcher word = WORD.matcher(text).region(from, to);
    while (word.find()) {
      words.add(new Word(word.group(), word.start(), false));
    }
  }
}
