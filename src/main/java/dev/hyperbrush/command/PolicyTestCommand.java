package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.ContentRules;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import dev.hyperbrush.policy.Firing;
import dev.hyperbrush.policy.Judgement;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.RuleFields;
import dev.hyperbrush.policy.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code /policy test}: what the rules would make of a prompt, said by somebody of no role here, or
 * of one that is named. Takes what {@code /imagine} takes, and draws nothing. Thread-safe.
 */
final class PolicyTestCommand implements Verb {
  /** Nobody: so that no exception for the moderator hides a rule. */
  private static final long NOBODY = 0;

  private final Option<String> role = Option.of("role", new Kind.Word("123"), "123");
  private final ImagineOptions options;
  private final EffectiveSettings settings;
  private final ContentRules rules;
  private final RuleDesk desk;

  PolicyTestCommand(
      ImagineOptions options, EffectiveSettings settings, ContentRules rules, RuleDesk desk) {
    this.options = options;
    this.settings = settings;
    this.rules = rules;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    List<Option<?>> all = new ArrayList<>(options.usage().options());
    all.add(role);
    return Usage.of("policy test")
        .needs("prompt")
        .with(all.toArray(Option<?>[]::new))
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    Locale locale = call.locale();
    Situation somebody =
        new Situation(
            NOBODY,
            call.origin(),
            call.arguments().get(role).map(Mentions::id).map(Set::of).orElse(Set.of()),
            Permission.EVERYBODY,
            call.situation().ageRestricted());
    Settled settled = settings.settle(options.wish(call.arguments()), somebody);
    Judgement judged = rules.judge(settled.request(), somebody);
    List<String> lines = new ArrayList<>();
    lines.add(outcome(locale, judged));
    judged.firings().forEach(firing -> lines.add(fired(locale, firing)));
    return Reply.text(String.join("\n", lines))
        .withNotices(judged.notices())
        .withCards(
            judged.firings().stream()
                .map(Firing::rule)
                .distinct()
                .map(rule -> desk.card(call, rule))
                .toList());
  }

  private static String outcome(Locale locale, Judgement judged) {
    Phrase refused = judged.refusal().orElse(null);
    if (refused != null) {
      return Texts.get(locale, "policy.test.refused", Texts.say(locale, refused));
    }
    String prompt = judged.request().prompt();
    if (judged.held().isPresent()) {
      return Texts.get(locale, "policy.test.held", prompt);
    }
    return Texts.get(
        locale, judged.firings().isEmpty() ? "policy.test.nothing" : "policy.test.drawn", prompt);
  }

  /** What was found as it was written, and as the rule reads it. */
  private static String fired(Locale locale, Firing firing) {
    return Texts.get(
        locale,
        "policy.test.fired",
        RuleText.line(locale, firing.rule()),
        Shown.brief(firing.found()),
        Shown.brief(firing.read()),
        RuleFields.name(firing.part()));
  }
}
