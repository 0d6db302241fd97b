package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.HistoryPage;
import dev.hyperbrush.store.HistoryPageDao;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /history}: one's own jobs, newest first, page by page. Thread-safe. */
final class HistoryCommand implements Verb {
  private static final String NAME = "history";
  private static final int PAGE = 10;

  // What a button's index makes of its number. Never change them: buttons live for years.
  private static final int BEFORE = 0;
  private static final int AFTER = 1;
  private static final int REMEMBERED = 2;

  private final HistoryOptions options;
  private final HistoryDao history;
  private final HistoryPageDao pages;
  private final JobDesk desk;

  HistoryCommand(HistoryOptions options, HistoryDao history, HistoryPageDao pages, JobDesk desk) {
    this.options = options;
    this.history = history;
    this.pages = pages;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return options.usage(NAME).evenWhenBanned().saidTo(Audience.ONLY_ASKER);
  }

  @Override
  public Reply run(Call call) {
    Optional<Long> page = options.page(call.arguments());
    return page.isPresent()
        ? list(call, remembered(call, page.get()))
        : list(call, options.search(call.arguments()));
  }

  /** What {@code /favourites} lists. */
  Reply favourites(Call call) {
    return list(call, HistorySearch.favourites(call.arguments().text()));
  }

  /** A page that a button leads to. */
  private HistorySearch remembered(Call call, long page) {
    String line =
        pages
            .find(call.personId(), page)
            .orElseThrow(() -> new Refusal(ReasonCode.HISTORY_PAGE_UNKNOWN));
    return options.search(CommandLine.read(usage(), line, Map.of()));
  }

  private Reply list(Call call, HistorySearch search) {
    HistoryPage found = find(call, search);
    List<JobView> shown = desk.views(call, found.jobs());
    Optional<HistorySearch> older = found.before().map(search::olderThan);
    Optional<HistorySearch> newer = found.after().map(search::newerThan);
    String text =
        shown.isEmpty()
            ? Texts.get(call.locale(), older.isEmpty() ? "history.empty" : "history.nothing.yet")
            : JobText.list(call.locale(), Texts.get(call.locale(), "history.title"), shown);
    List<Button> buttons = new ArrayList<>();
    newer.ifPresent(page -> buttons.add(button(call, "button.history.newer", page)));
    older.ifPresent(page -> buttons.add(button(call, "button.history", page)));
    Reply reply = Reply.text(text).withJobs(shown).withButtons(buttons);
    return older
        .map(page -> Texts.get(call.locale(), "history.older", "/" + NAME + " " + page.line()))
        .map(reply::withMore)
        .orElse(reply);
  }

  /** Behind the newest there is nothing to show, so the newest are shown. */
  private HistoryPage find(Call call, HistorySearch search) {
    if (search.after().isPresent()) {
      HistoryPage newer =
          history.after(call.personId(), search.filter(), search.after().get(), PAGE);
      if (!newer.jobs().isEmpty() || newer.after().isPresent()) {
        return newer;
      }
    }
    long before =
        search.after().isPresent() ? Long.MAX_VALUE : search.before().orElse(Long.MAX_VALUE);
    return history.before(call.personId(), search.filter(), before, PAGE);
  }

  /** A button holds no words: those of a search are kept in the database. */
  private Button button(Call call, String label, HistorySearch page) {
    ActionId action;
    if (page.isPlain()) {
      action =
          page.after()
              .map(id -> new ActionId(NAME, id, AFTER))
              .orElseGet(() -> new ActionId(NAME, page.before().orElseThrow(), BEFORE));
    } else {
      action = new ActionId(NAME, pages.remember(call.personId(), page.line()), REMEMBERED);
    }
    return new Button(Texts.get(call.locale(), label), action);
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return switch (action.index()) {
      case BEFORE -> Optional.of("--before " + action.id());
      case AFTER -> Optional.of("--after " + action.id());
      case REMEMBERED -> Optional.of("--page " + action.id());
      default -> Optional.empty();
    };
  }
}
