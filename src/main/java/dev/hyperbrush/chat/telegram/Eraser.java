package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.telegram.TelegramMessages.Words;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.image.PngEncoder;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageMedia;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaPhoto;

/**
 * Removes messages, and what is in those that cannot be removed: a bot may not delete what is older
 * than 48 hours, but change it. Thread-safe.
 */
final class Eraser {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int SIDE = 64;
  private static final byte GREY = (byte) 0x80;
  private static final Logger log = LoggerFactory.getLogger(Eraser.class);

  private final TelegramSender sender;
  private final OutgoingPoster words;

  Eraser(TelegramSender sender, OutgoingPoster words) {
    this.sender = sender;
    this.words = words;
  }

  /** Takes back a post; what is gone is gone, and where the bot may do nothing, nothing is done. */
  void erase(Posted posted, long jobId) throws TelegramFailure, InterruptedException {
    Words deleted =
        new Words(
            TelegramHtml.escape(Texts.get(posted.language(), "telegram.deleted", jobId)),
            Optional.empty());
    for (int message : posted.words()) {
      if (!remove(posted.chat(), message)) {
        changeIfPossible(() -> words.change(message(posted, message), deleted));
      }
    }
    for (int message : posted.pictures()) {
      if (!remove(posted.chat(), message)) {
        changeIfPossible(() -> cover(message(posted, message), deleted));
      }
    }
  }

  private static TelegramAddress.Message message(Posted posted, int number) {
    return new TelegramAddress.Message(posted.chat(), OptionalInt.empty(), number);
  }

  /**
   * Removes a message.
   *
   * @return false when it is there and may not be removed
   */
  boolean remove(long chat, int message) throws TelegramFailure, InterruptedException {
    try {
      sender.aside(new DeleteMessage(String.valueOf(chat), message));
      return true;
    } catch (TelegramFailure failure) {
      if (TelegramOutcomes.isGone(failure)) {
        return true;
      } else if (isFinal(failure)) {
        return false;
      }
      throw failure;
    }
  }

  private interface Change {
    void make() throws TelegramFailure, InterruptedException;
  }

  private static void changeIfPossible(Change change) throws TelegramFailure, InterruptedException {
    try {
      change.make();
    } catch (TelegramFailure failure) {
      if (!isFinal(failure)) {
        throw failure;
      }
      log.info("A message stays: {}", failure.getMessage());
    }
  }

  /** Puts a grey square in place of the picture. */
  private void cover(TelegramAddress.Message of, Words deleted)
      throws TelegramFailure, InterruptedException {
    sender.result(
        of.chat(),
        OptionalInt.of(of.messageId()),
        1,
        chat -> {
          InputMediaPhoto square =
              new InputMediaPhoto(new ByteArrayInputStream(square()), "deleted.png");
          square.setCaption(deleted.html());
          square.setParseMode(TelegramHtml.PARSE_MODE);
          EditMessageMedia edit = new EditMessageMedia(square);
          edit.setChatId(chat);
          edit.setMessageId(of.messageId());
          return edit;
        });
  }

  private static byte[] square() {
    byte[] grey = new byte[SIDE * SIDE * 3];
    Arrays.fill(grey, GREY);
    return PngEncoder.encode(new RgbImage(SIDE, SIDE, grey), "");
  }

  private static boolean isFinal(TelegramFailure failure) {
    return failure.retryAfter().isEmpty()
        && (failure.code() == BAD_REQUEST || failure.code() == FORBIDDEN);
  }
}
