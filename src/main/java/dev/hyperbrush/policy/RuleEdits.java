package dev.hyperbrush.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the words that rules found out of a text, or puts others in their place. Immutable. */
final class RuleEdits {
  /** Brackets of attention with nothing left between them: {@code (:1.3)}. */
  private static final Pattern EMPTY_BRACKETS =
      Pattern.compile("\\(\\s*(?::\\s*[\\d.]*\\s*)?\\)|\\[\\s*\\]|\\{\\s*\\}");

  private static final Pattern LONELY_COMMAS = Pattern.compile("\\s*,(?:\\s*,)+");
  private static final Pattern OUTER_COMMAS = Pattern.compile("^[\\s,]+|[\\s,]+$");
  private static final Pattern SPACES = Pattern.compile("\\s{2,}");
  private static final Pattern SPACE_BEFORE_COMMA = Pattern.compile("\\s+,");

  private record Edit(Span place, String replacement) {}

  /**
   * The text after all edits. Where two overlap, the one that begins first is made, of two that
   * begin together the longer, of two equal ones that of the rule that counts first.
   *
   * @param firings of rules that edit, in the order in which they count
   */
  static String apply(String text, List<Firing> firings) {
    List<Edit> edits = new ArrayList<>();
    for (Firing firing : firings) {
      firing.places().stream()
          .map(place -> new Edit(place, firing.rule().effect().replacement()))
          .forEach(edits::add);
    }
    edits.sort(
        Comparator.comparingInt((Edit edit) -> edit.place().begin())
            .thenComparingInt(edit -> -edit.place().end()));
    StringBuilder edited = new StringBuilder();
    int done = 0;
    for (Edit edit : edits) {
      if (edit.place().begin() >= done) {
        edited.append(text, done, edit.place().begin()).append(edit.replacement());
        done = edit.place().end();
      }
    }
    edited.append(text, done, text.length());
    boolean stripped =
        firings.stream().anyMatch(fired -> fired.rule().effect().action() == RuleAction.STRIP);
    return stripped ? tidy(edited) : edited.toString();
  }

  private static String tidy(CharSequence text) {
    String tidy = EMPTY_BRACKETS.matcher(text).replaceAll("");
    tidy = LONELY_COMMAS.matcher(tidy).replaceAll(",");
    tidy = SPACE_BEFORE_COMMA.matcher(tidy).replaceAll(",");
    tidy = OUTER_COMMAS.matcher(tidy).replaceAll("");
    return SPACES.matcher(tidy).replaceAll(" ");
  }

  private RuleEdits() {}
}
