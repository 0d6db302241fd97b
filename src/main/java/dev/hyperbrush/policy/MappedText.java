package dev.hyperbrush.policy;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;

/**
 * A text made from another, which knows from where there each of its characters comes. Immutable.
 */
final class MappedText {
  private final String text;
  private final int[] begins;
  private final int[] ends;

  private MappedText(String text, int[] begins, int[] ends) {
    this.text = text;
    this.begins = begins;
    this.ends = ends;
  }

  /** {@code source} in its compatibility form (NFKC), without what nobody sees. */
  static MappedText clean(String source) {
    Builder clean = new Builder(source.length());
    Units.forEach(
        source, (unit, begin, end) -> clean.add(Normalizer.normalize(unit, Form.NFKC), begin, end));
    return clean.build();
  }

  String text() {
    return text;
  }

  /** Where in the source the characters from {@code start} to before {@code end} stand. */
  Span source(int start, int end) {
    return new Span(begins[start], ends[end - 1]);
  }

  /** Builds one. Owned by one thread. */
  static final class Builder {
    private final StringBuilder text;
    private int[] begins;
    private int[] ends;

    Builder(int length) {
      text = new StringBuilder(length);
      begins = new int[length];
      ends = new int[length];
    }

    void add(char character, int begin, int end) {
      int at = text.length();
      if (at == begins.length) {
        begins = Arrays.copyOf(begins, at * 2 + 8);
        ends = Arrays.copyOf(ends, at * 2 + 8);
      }
      begins[at] = begin;
      ends[at] = end;
      text.append(character);
    }

    void add(String characters, int begin, int end) {
      for (int at = 0; at < characters.length(); at++) {
        add(characters.charAt(at), begin, end);
      }
    }

    MappedText build() {
      return new MappedText(text.toString(), begins, ends);
    }
  }
}
