package dev.hyperbrush.policy;

/** A part of a text: from {@code begin} to before {@code end}. Immutable. */
public record Span(int begin, int end) {
  public String of(String text) {
    return text.substring(begin, end);
  }
}
