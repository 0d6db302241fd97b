package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Card.Field;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.HeldJob;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.ReportDao;
import dev.hyperbrush.store.ReportDao.Reported;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code /review}: what waits for a moderator, oldest first, and before it what people report.
 * Thread-safe.
 */
final class ReviewCommand implements Verb {
  private static final int PAGE = 10;

  private final Option<Long> after = Option.of("after", new Kind.Whole(0, Long.MAX_VALUE), "120");
  private final ReviewDesk desk;
  private final ReportDao reports;

  ReviewCommand(ReviewDesk desk, ReportDao reports) {
    this.desk = desk;
    this.reports = reports;
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
    Realm realm = desk.moderation().realm(call);
    List<HeldJob> found = desk.queue().held().list(realm, from, PAGE + 1);
    List<HeldJob> page = found.subList(0, Math.min(PAGE, found.size()));
    List<Reported> reported = from == 0 ? reports.open(realm, PAGE) : List.of();
    Reply reply =
        Reply.text(String.join("\n", lines(locale, reported, page)))
            .withCards(
                Stream.concat(
                        reported.stream().map(report -> card(locale, report)),
                        page.stream().map(held -> card(call, held)))
                    .toList());
    if (found.size() <= PAGE) {
      return reply;
    }
    ActionId next = new ActionId("review", page.getLast().job().id(), 0);
    return reply.withButtons(List.of(new Button(Texts.get(locale, "button.more"), next)));
  }

  private static List<String> lines(Locale locale, List<Reported> reported, List<HeldJob> page) {
    List<String> lines = new ArrayList<>();
    if (!reported.isEmpty()) {
      lines.add(Texts.get(locale, "review.reported"));
      reported.forEach(report ->
          lines.add(
              Texts.get(
                  locale,
                  "review.report",
                  report.job().id(),
                  Shown.brief(report.job().request().prompt()),
                  said(report))));
    }
    if (!page.isEmpty() || reported.isEmpty()) {
      lines.add(Texts.get(locale, page.isEmpty() ? "review.empty" : "review.title"));
      page.forEach(held -> lines.add(line(locale, held)));
    }
    return lines;
  }

  /** How many people, and their words. */
  private static String said(Reported report) {
    String words = String.join("; ", report.words());
    return report.people() + (words.isEmpty() ? "" : ": " + words);
  }

  private static Card card(Locale locale, Reported report) {
    long id = report.job().id();
    return new Card(
        "#" + id,
        List.of(
            new Field(Texts.get(locale, "review.prompt"), report.job().request().prompt()),
            new Field(Texts.get(locale, "review.reports"), said(report))),
        List.of(
            JobDesk.button(locale, "show", id),
            JobDesk.button(locale, "delete", id),
            button(locale, "dismiss", id)));
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
