package dev.hyperbrush.chat.telegram;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;

/**
 * What is shown to somebody who has pressed a button, once and briefly. Until then their app shows
 * that something is under way, and soon Telegram takes no answer any more: so there is one without
 * words when the one with words is not there in a second. Thread-safe.
 */
final class PressAnswer {
  /** More is cut off. */
  static final int LONGEST = 200;

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(PressAnswer.class);

  private final TelegramSender sender;
  private final String queryId;
  private final AtomicBoolean given = new AtomicBoolean();

  private PressAnswer(TelegramSender sender, String queryId) {
    this.sender = sender;
    this.queryId = queryId;
  }

  /** The answer to a press that has just arrived. */
  static PressAnswer awaited(TelegramSender sender, String queryId) {
    PressAnswer answer = new PressAnswer(sender, queryId);
    Thread.ofVirtual().name("telegram-press").start(answer::giveInTime);
    return answer;
  }

  private void giveInTime() {
    try {
      Thread.sleep(PATIENCE);
      give("", false);
    } catch (InterruptedException e) {
      log.debug("Not answered", e);
    }
  }

  /** Gives it without words. */
  void give() throws InterruptedException {
    give("", false);
  }

  /**
   * Gives it.
   *
   * @param alert whether it stays until it is read
   * @return whether it is seen: it is the first, not too long, and Telegram takes it
   */
  boolean give(String text, boolean alert) throws InterruptedException {
    if (text.length() > LONGEST || given.getAndSet(true)) {
      return false;
    }
    try {
      sender.aside(
          AnswerCallbackQuery.builder()
              .callbackQueryId(queryId)
              .text(text.isEmpty() ? null : text)
              .showAlert(alert)
              .build());
      return true;
    } catch (TelegramFailure failure) {
      log.debug("A press was not answered: {}", failure.getMessage());
      return false;
    }
  }
}
