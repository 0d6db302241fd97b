package dev.hyperbrush.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Letters that look like a Latin one, after Unicode Technical Standard 39.
 *
 * <p>The data is a table of our own and not ICU4J's {@code SpoofChecker}: its skeletons make one of
 * {@code burn} and {@code bum}, which a rule must tell apart, and the library has 15 MB. Immutable.
 */
final class Lookalikes {
  private static final int LETTERS = 26;

  /** First signs of runs of 26: white on black circles and squares, and the letters of flags. */
  private static final int[] ALPHABETS = {0x1F150, 0x1F170, 0x1F1E6};

  private static final Map<Integer, Integer> ALIKE = new HashMap<>();
  private static final Map<Integer, Integer> STROKED = new HashMap<>();

  static {
    table().lines().filter(row -> !row.isEmpty() && row.charAt(0) != '#').forEach(Lookalikes::add);
  }

  /** The Latin letter that {@code sign} looks like; itself when it does not. */
  static int plain(int sign) {
    for (int first : ALPHABETS) {
      if (sign >= first && sign < first + LETTERS) {
        return 'a' + sign - first;
      }
    }
    return ALIKE.getOrDefault(sign, sign);
  }

  /** The letter without the stroke that is part of it, as in {@code ø}. */
  static int withoutStroke(int letter) {
    return STROKED.getOrDefault(letter, letter);
  }

  private static void add(String row) {
    String[] words = row.split(" ", -1);
    Map<Integer, Integer> table = words[0].endsWith("/") ? STROKED : ALIKE;
    for (int at = 1; at < words.length; at++) {
      table.put(words[at].codePointAt(0), words[0].codePointAt(0));
    }
  }

  private static String table() {
    try (InputStream file =
        Objects.requireNonNull(Lookalikes.class.getResourceAsStream("lookalikes.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Lookalikes() {}
}
