package dev.hyperbrush.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Words that come around a prompt or before a negative prompt. A text that already has them stays
 * as it is, so that a line which was copied from an answer means the same again.
 */
final class StyledPrompt {
  /** Where the person's words go in a preset. */
  static final String PLACE = "{prompt}";

  private static final String BEFORE_NOTHING = ",.;:!?";

  /** A preset's words with the person's own; behind them where the preset has no place for them. */
  static String fill(String preset, String prompt) {
    if (preset.contains(PLACE)) {
      return preset.replace(PLACE, prompt);
    }
    return prompt.isBlank() ? preset : behind(prompt, preset);
  }

  /**
   * A prompt with words around it.
   *
   * @param before the outermost first
   * @param after the outermost first
   */
  static String around(List<String> before, String prompt, List<String> after) {
    String head = String.join(" ", before);
    String styled = head.isEmpty() || prompt.startsWith(head) ? prompt : head + " " + prompt;
    String tail = after.reversed().stream().reduce(StyledPrompt::behind).orElse("");
    return tail.isEmpty() || styled.endsWith(tail) ? styled : behind(styled, tail);
  }

  /** What several want to avoid. */
  static String joined(List<String> negatives) {
    List<String> different = new ArrayList<>();
    for (String negative : negatives) {
      if (different.stream().noneMatch(other -> other.contains(negative))) {
        different.removeIf(negative::contains);
        different.add(negative);
      }
    }
    return different.stream().reduce(StyledPrompt::behind).orElse("");
  }

  private static String behind(String text, String more) {
    boolean punctuated = BEFORE_NOTHING.indexOf(more.charAt(0)) >= 0;
    boolean ended = text.endsWith(",");
    return text + (punctuated ? "" : ended ? " " : ", ") + more;
  }

  private StyledPrompt() {}
}
