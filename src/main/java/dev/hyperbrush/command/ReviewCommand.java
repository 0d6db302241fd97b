package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Card.Field;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.HeldJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /review}: what waits for a moderator, oldest first. Thread-safe. */
final class ReviewCommand implements Verb {
  private static final int PAGE = 10;

  private final Option<Long> after = Option.of("after", new Kind.Whole(0, Long.MAX_VALUE), "120");
  private final ReviewDesk desk;

  ReviewCommand(ReviewDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    ScopeOptions scopes = desk.moderation().scopes();
    return Usage.of("review")
        .with(scopes.server(), scopes.everywhere(), after)
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    Locale locale = call.locale();
    long from = call.arguments().get(after).orElse(0L);
    List<HeldJob> found = desk.queue().held(desk.moderation().realm(call), from, PAGE + 1);
    List<HeldJob> page = found.subList(0, Math.min(PAGE, found.size()));
    List<String> lines = new ArrayList<>();
    lines.add(Texts.get(locale, page.isEmpty() ? "review.empty" : "review.title"));
    page.forEach(held -> lines.add(line(locale, held)));
    Reply reply =
        Reply.text(String.join("\n", lines))
            .withCards(page.stream().map(held -> card(call, held)).toList());
    if (found.size() <= PAGE) {
      return reply;
    }
    ActionId next = new ActionId("review", page.getLast().job().id(), 0);
    return reply.withButtons(List.of(new Button(Texts.get(locale, "button.more"), next)));
  }

  private static String line(Locale locale, HeldJob held) {
    return Texts.get(
        locale,
        "review.line",
        held.job().id(),
        held.job().request().prompt(),
        held.hold().ruleId(),
        held.hold().reason().isEmpty() ? "–" : held.hold().reason());
  }

  private Card card(Call call, HeldJob held) {
    Locale locale = call.locale();
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(Texts.get(locale, "review.prompt"), held.job().request().prompt()));
    if (!held.job().request().negativePrompt().isEmpty()) {
      fields.add(new Field("--no", held.job().request().negativePrompt()));
    }
    fields.add(new Field(Texts.get(locale, "review.rule"), "#" + held.hold().ruleId()));
    if (!held.hold().reason().isEmpty()) {
      fields.add(new Field(Texts.get(locale, "moderation.reason"), held.hold().reason()));
    }
    List<Button> buttons =
        desk.decides(call, held.hold())
            ? List.of(
                button(locale, "approve", held.job().id()),
                button(locale, "reject", held.job().id()))
            : List.of();
    return new Card("#" + held.job().id(), fields, buttons);
  }

  private static Button button(Locale locale, String decision, long id) {
    return new Button(
        Texts.get(locale, "button." + decision), new ActionId("review " + decision, id, 0));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of("--after " + action.id());
  }
}
