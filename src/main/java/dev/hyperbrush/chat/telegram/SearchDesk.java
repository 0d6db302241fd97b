package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.telegram.Incoming.Searched;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.HistoryFilter;
import dev.hyperbrush.store.HistoryPage;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.AnswerInlineQuery;
import org.telegram.telegrambots.meta.api.objects.inlinequery.result.InlineQueryResult;
import org.telegram.telegrambots.meta.api.objects.inlinequery.result.InlineQueryResultsButton;
import org.telegram.telegrambots.meta.api.objects.inlinequery.result.cached.InlineQueryResultCachedPhoto;

/**
 * Finds pictures among those that somebody has drawn themselves, to share one in any chat by what
 * Telegram calls it; so only those that Telegram has been given once. Thread-safe.
 */
final class SearchDesk {
  private static final int MOST_RESULTS = 50;
  private static final int JOBS_OF_A_PAGE = 12;

  /** Jobs that Telegram has no picture of leave pages empty. */
  private static final int MOST_PAGES = 5;

  private static final int SECONDS_KEPT = 5;
  private static final Logger log = LoggerFactory.getLogger(SearchDesk.class);

  /** Knows what Telegram calls a picture. */
  interface FileIds {
    Optional<String> of(PictureRef picture);
  }

  private final Commands commands;
  private final HistoryDao history;
  private final PersonLookup people;
  private final FileIds fileIds;
  private final Callers callers;
  private final TelegramSender sender;

  SearchDesk(
      Commands commands,
      HistoryDao history,
      PersonLookup people,
      FileIds fileIds,
      Callers callers,
      TelegramSender sender) {
    this.commands = commands;
    this.history = history;
    this.people = people;
    this.fileIds = fileIds;
    this.callers = callers;
    this.sender = sender;
  }

  void handle(Searched searched) throws InterruptedException {
    Locale locale = callers.language(searched.sender());
    Found found =
        people
            .byId(TelegramAdapter.PLATFORM, String.valueOf(searched.sender().id()))
            .map(person -> find(person, searched, locale))
            .orElseGet(() -> new Found(List.of(), ""));
    AnswerInlineQuery answer = new AnswerInlineQuery(searched.queryId(), found.results());
    answer.setIsPersonal(true);
    answer.setCacheTime(SECONDS_KEPT);
    answer.setNextOffset(found.next());
    if (found.results().isEmpty()) {
      answer.setButton(
          new InlineQueryResultsButton(Texts.get(locale, "telegram.inline.none"), null, "hello"));
    }
    try {
      sender.aside(answer);
    } catch (TelegramFailure tooLate) {
      log.debug("A search was not answered: {}", tooLate.getMessage());
    }
  }

  /**
   * What was found.
   *
   * @param next from where to look on; empty at the end
   */
  private record Found(List<InlineQueryResult> results, String next) {}

  private Found find(KnownPerson person, Searched searched, Locale locale) {
    HistoryFilter drawn =
        new HistoryFilter(
            searched.words(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(JobState.DONE),
            false);
    List<InlineQueryResult> results = new ArrayList<>();
    Optional<Long> next = Optional.of(begin(searched.offset()));
    for (int page = 0; page < MOST_PAGES && next.isPresent() && results.isEmpty(); page++) {
      HistoryPage jobs = history.before(person.personId(), drawn, next.get(), JOBS_OF_A_PAGE);
      jobs.jobs().stream()
          .filter(job -> !job.spoiler()) // what is shared so cannot be covered
          .forEach(job -> addPictures(results, job, locale));
      next = jobs.before();
    }
    List<InlineQueryResult> most = results.subList(0, Math.min(results.size(), MOST_RESULTS));
    return new Found(List.copyOf(most), next.map(String::valueOf).orElse(""));
  }

  private static long begin(String offset) {
    return offset.matches("\\d{1,18}") ? Long.parseLong(offset) : Long.MAX_VALUE;
  }

  private void addPictures(List<InlineQueryResult> results, Job job, Locale locale) {
    JobView view = commands.view(job, locale);
    for (Picture picture : view.pictures()) {
      fileIds
          .of(new PictureRef(picture.jobId(), picture.index()))
          .ifPresent(file -> results.add(photo(view, picture, file, locale)));
    }
  }

  private static InlineQueryResult photo(
      JobView view, Picture picture, String file, Locale locale) {
    InlineQueryResultCachedPhoto photo =
        new InlineQueryResultCachedPhoto(picture.jobId() + "-" + picture.index(), file);
    photo.setCaption(TelegramMessages.caption(locale, view.job()));
    photo.setParseMode(TelegramHtml.PARSE_MODE);
    return photo;
  }
}
