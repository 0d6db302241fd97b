package dev.hyperbrush.chat.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.chat.JobWords;
import dev.hyperbrush.chat.TimeText;
import dev.hyperbrush.chat.telegram.TelegramMessages.Words;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.delivery.Progress;
import dev.hyperbrush.delivery.ProgressBoard;
import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.ActionType;
import org.telegram.telegrambots.meta.api.methods.send.SendChatAction;

/**
 * Shows progress in the message that will become the picture, when Telegram has nothing better to
 * do, and beneath the name of the bot that it is about to send a photo. Thread-safe.
 */
final class TelegramBoard implements ProgressBoard {
  /** As long as Telegram shows what the bot does. */
  private static final Duration SHOWN = Duration.ofSeconds(5);

  private static final int MOST_CHATS = 10_000;
  private static final Logger log = LoggerFactory.getLogger(TelegramBoard.class);

  private final TelegramSender sender;
  private final Commands commands;
  private final Cache<Long, Boolean> shown =
      Caffeine.newBuilder().maximumSize(MOST_CHATS).expireAfterWrite(SHOWN).build();

  TelegramBoard(TelegramSender sender, Commands commands) {
    this.sender = sender;
    this.commands = commands;
  }

  @Override
  public void show(Progress progress) throws InterruptedException {
    if (TelegramAddress.parse(progress.address()).orElse(null)
        instanceof TelegramAddress.Message of) {
      Words words = words(progress);
      sender.progress(of.chat(), of.messageId(), chat -> OutgoingPoster.edit(chat, of, words));
      if (progress.place().position() == 0 && progress.job().state() != JobState.HELD) {
        draws(of.chat());
      }
    }
  }

  /** An edit without the buttons would take them away. */
  private Words words(Progress progress) {
    List<String> lines = new ArrayList<>();
    lines.add("#" + progress.job().id() + " · " + line(progress));
    lines.addAll(JobWords.notices(progress.language(), progress.job()));
    String text = TelegramHtml.plain(String.join("\n", lines));
    return new Words(
        TelegramHtml.escape(TelegramHtml.cut(text, TelegramHtml.LONGEST_TEXT)),
        new TelegramKeyboard()
            .add(commands.view(progress.job(), progress.language()).buttons())
            .markup());
  }

  private static String line(Progress progress) {
    Locale language = progress.language();
    if (progress.job().state() == JobState.HELD) {
      return JobWords.held(language);
    }
    Place place = progress.place();
    return place.position() > 0
        ? JobWords.waiting(
            language, place, place.readyIn().map(time -> TimeText.about(language, time)))
        : JobWords.drawing(language, progress.step(), progress.steps());
  }

  /** In groups it would be of no interest to most. */
  private void draws(long chat) throws InterruptedException {
    if (chat > 0 && shown.asMap().putIfAbsent(chat, true) == null) {
      try {
        sender.aside(new SendChatAction(String.valueOf(chat), ActionType.UPLOAD_PHOTO.toString()));
      } catch (TelegramFailure failure) {
        log.debug("Nothing is shown beneath the name: {}", failure.getMessage());
      }
    }
  }
}
