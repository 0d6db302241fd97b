package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Card.Field;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.ContentRule;
import dev.hyperbrush.policy.RuleFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules in words and as cards. */
final class RuleText {
  /** {@code #12 word “x” → block (reason …, role …)}. */
  static String line(Locale locale, ContentRule rule) {
    String details =
        details(rule).entrySet().stream()
            .map(field -> field.getKey() + " " + field.getValue())
            .collect(Collectors.joining(", "));
    return title(locale, rule) + (details.isEmpty() ? "" : " (" + details + ")");
  }

  private static String title(Locale locale, ContentRule rule) {
    String where = rule.bounds().realm().isEverywhere() ? "rule.everywhere" : "rule.here";
    return Texts.get(
        locale,
        where,
        rule.id(),
        RuleFields.name(rule.term().kind()),
        rule.term().pattern(),
        RuleFields.name(rule.effect().action()));
  }

  /** What is not in the title. */
  private static Map<String, String> details(ContentRule rule) {
    Map<String, String> details = new LinkedHashMap<>(RuleFields.write(rule));
    details.remove(RuleFields.name(rule.term().kind()));
    details.remove(RuleFields.ACTION);
    return details;
  }

  /**
   * A card.
   *
   * @param mayRemove whether whoever sees it may remove the rule
   */
  static Card card(Locale locale, ContentRule rule, boolean mayRemove) {
    List<Field> fields = new ArrayList<>();
    details(rule).forEach((name, value) -> fields.add(new Field("--" + name, value)));
    return new Card(
        title(locale, rule), fields, mayRemove ? List.of(remove(locale, rule)) : List.of());
  }

  private static Button remove(Locale locale, ContentRule rule) {
    return new Button(
        Texts.get(locale, "button.remove"), new ActionId("policy remove", rule.id(), 0));
  }

  private RuleText() {}
}
