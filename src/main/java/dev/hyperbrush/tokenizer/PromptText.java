package dev.hyperbrush.tokenizer;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt as CLIP's fast tokenizer normalises it (Unicode NFC, white space to single spaces, lower
 * case), which remembers where its parts stood in what the person wrote.
 *
 * <p>Immutable.
 */
final class PromptText {
  // Parts of bounded length: NFC takes quadratic time in the length of a run of combining marks.
  private static final Pattern PART = Pattern.compile("\\P{IsWhite_Space}{1,1024}");
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private final String original;
  private final String normalised;
  private final NavigableMap<Integer, Part> parts = new TreeMap<>();

  /** A run without white space: its place in the original, and its length normalised. */
  private record Part(int from, int to, int normalisedLength) {}

  PromptText(String prompt) {
    original = prompt;
    StringBuilder text = new StringBuilder(prompt.length());
    Matcher part = PART.matcher(prompt);
    int end = 0;
    while (part.find()) {
      if (part.start() > end) {
        text.append(' ');
      }
      end = part.end();
      int start = text.length();
      appendNormalised(text, part.group());
      parts.put(start, new Part(part.start(), end, text.length() - start));
    }
    normalised = text.toString();
  }

  String normalised() {
    return normalised;
  }

  /**
   * What the person wrote from a place of the normalised text on, or from the last white space
   * before it where the two cannot be matched character by character.
   */
  String originalFrom(int index) {
    Map.Entry<Integer, Part> entry = Objects.requireNonNull(parts.floorEntry(index));
    Part part = entry.getValue();
    boolean sameLength = part.to - part.from == part.normalisedLength;
    return original.substring(part.from + (sameLength ? index - entry.getKey() : 0)).strip();
  }

  private static void appendNormalised(StringBuilder text, String part) {
    String whole = LONE_SURROGATE.matcher(part).replaceAll("\uFFFD");
    String composed = Normalizer.normalize(whole, Form.NFC);
    composed.codePoints().forEach(codePoint -> appendLowerCase(text, codePoint));
  }

  /** Each character by itself: a capital sigma at the end of a word is no final sigma here. */
  private static void appendLowerCase(StringBuilder text, int codePoint) {
    if (codePoint < 0x80) {
      text.append((char) (codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 32 : codePoint));
    } else {
      text.append(Character.toString(codePoint).toLowerCase(Locale.ROOT));
    }
  }
}
