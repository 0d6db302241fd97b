package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.HistoryPage;
import java.util.List;
import java.util.Optional;

/** {@code /history}: one's own jobs, newest first, page by page. Thread-safe. */
final class HistoryCommand implements Verb {
  private static final int PAGE = 10;

  private final Option<Long> before = Option.of("before", new Kind.Whole(1, Long.MAX_VALUE), "120");

  private final JobQueue queue;
  private final JobDesk desk;

  HistoryCommand(JobQueue queue, JobDesk desk) {
    this.queue = queue;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("history").takes("words").with(before).evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    String search = call.arguments().text();
    long from = call.arguments().get(before).orElse(Long.MAX_VALUE);
    HistoryPage found = queue.history(call.personId(), search, from, PAGE);
    List<JobView> shown = desk.views(call, found.jobs());
    if (shown.isEmpty() && found.before().isEmpty()) {
      return Reply.text(Texts.get(call.locale(), "history.empty"));
    }
    String title = Texts.get(call.locale(), "history.title");
    Reply page = Reply.text(JobText.list(call.locale(), title, shown)).withJobs(shown);
    return found.before().map(last -> withOlder(call, page, search, last)).orElse(page);
  }

  /** A button holds no words, so a search goes on by typing. */
  private static Reply withOlder(Call call, Reply page, String search, long last) {
    if (search.isEmpty()) {
      return page.withButtons(List.of(JobDesk.button(call.locale(), "history", last)));
    }
    String older = "/history " + search + " --before " + last;
    return page.withMore(Texts.get(call.locale(), "history.older", older));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of("--before " + action.id());
  }
}
