package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.QueueMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code /admin status}: what the queue does, and what can be done about it. Thread-safe. */
final class AdminStatusCommand implements AdminVerb {
  private final JobQueue queue;

  AdminStatusCommand(JobQueue queue) {
    this.queue = queue;
  }

  @Override
  public Usage usage() {
    return Usage.of("admin status").onlyFor(Permission.OPERATOR);
  }

  @Override
  public Reply run(Call call) {
    return status(call.locale(), queue);
  }

  static Reply status(Locale locale, JobQueue queue) {
    QueueMode mode = queue.mode();
    String title = Texts.get(locale, "admin.mode." + mode);
    int waiting = queue.waiting();
    int drawn = queue.drawing();
    List<Card.Field> fields =
        List.of(
            new Card.Field(Texts.get(locale, "admin.waiting"), String.valueOf(waiting)),
            new Card.Field(Texts.get(locale, "admin.drawn"), String.valueOf(drawn)));
    Stream<String> next =
        mode == QueueMode.OPEN
            ? Stream.of("pause", "drain", "backup")
            : Stream.of("resume", "backup");
    List<Button> buttons = next.map(verb -> button(locale, verb)).toList();
    return Reply.text(title + "\n" + Texts.get(locale, "admin.counts", waiting, drawn))
        .withCards(List.of(new Card(title, fields, buttons)));
  }

  private static Button button(Locale locale, String verb) {
    return new Button(
        Texts.get(locale, "button.admin." + verb), new ActionId("admin " + verb, 0, 0));
  }
}
