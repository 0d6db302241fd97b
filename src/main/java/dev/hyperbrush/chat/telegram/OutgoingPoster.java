package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.telegram.TelegramMessages.Document;
import dev.hyperbrush.chat.telegram.TelegramMessages.Outgoing;
import dev.hyperbrush.chat.telegram.TelegramMessages.Pictures;
import dev.hyperbrush.chat.telegram.TelegramMessages.Words;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;

/** Sends the messages of answers, and of results what is no picture. Thread-safe. */
final class OutgoingPoster {
  /** Of a file that a bot may send. */
  static final long MOST_BYTES = 50_000_000;

  private static final int BUFFER = 1 << 16;

  private final Line line;
  private final PicturePoster pictures;

  /** All in one line. */
  OutgoingPoster(Line line, PicturePoster pictures) {
    this.line = line;
    this.pictures = pictures;
  }

  /**
   * Sends a message when it is its turn. Of what there is no file for, or too large a one, that is
   * said instead.
   *
   * @return its number, of several that of the last one
   */
  int send(TelegramAddress.Chat to, Locale locale, Outgoing message)
      throws TelegramFailure, InterruptedException {
    try {
      return switch (message) {
        case Words words -> words(to, words).getMessageId();
        case Document document -> document(to, document).getMessageId();
        case Pictures shown -> pictures(to, locale, shown);
      };
    } catch (Refusal refusal) {
      String why = TelegramHtml.plain(Texts.say(locale, refusal.phrase()));
      return words(to, new Words(TelegramHtml.escape(why), message.keyboard())).getMessageId();
    }
  }

  /** A new message. */
  Message words(TelegramAddress to, Words words) throws TelegramFailure, InterruptedException {
    return line.send(
        to.chat(),
        OptionalInt.empty(),
        1,
        chat -> {
          SendMessage message = new SendMessage(String.valueOf(chat), words.html());
          message.setParseMode(TelegramHtml.PARSE_MODE);
          message.setLinkPreviewOptions(noPreview());
          words.keyboard().ifPresent(message::setReplyMarkup);
          Target.of(to, chat).apply(message::setMessageThreadId, message::setReplyParameters);
          return message;
        });
  }

  /** In place of what a message said. */
  void change(TelegramAddress.Message of, Words words)
      throws TelegramFailure, InterruptedException {
    try {
      line.send(of.chat(), OptionalInt.of(of.messageId()), 1, chat -> edit(chat, of, words));
    } catch (TelegramFailure failure) {
      if (!TelegramOutcomes.isDoneAlready(failure)) {
        throw failure;
      }
    }
  }

  /** Puts words in place of what a message said. */
  static EditMessageText edit(long chat, TelegramAddress.Message of, Words words) {
    EditMessageText edit =
        EditMessageText.builder()
            .chatId(chat)
            .messageId(of.messageId())
            .text(words.html())
            .parseMode(TelegramHtml.PARSE_MODE)
            .build();
    edit.setLinkPreviewOptions(noPreview());
    words.keyboard().ifPresent(edit::setReplyMarkup);
    return edit;
  }

  /** Addresses in prompts are not looked at. */
  static LinkPreviewOptions noPreview() {
    return LinkPreviewOptions.builder().isDisabled(true).build();
  }

  /** Below several pictures there is no keyboard: it follows them. */
  private int pictures(TelegramAddress.Chat to, Locale locale, Pictures shown)
      throws TelegramFailure, InterruptedException {
    Job job = shown.view().job();
    boolean single = shown.view().pictures().size() == 1;
    Optional<InlineKeyboardMarkup> keyboard = single ? shown.keyboard() : Optional.empty();
    List<Message> messages =
        pictures.post(
            line,
            to,
            new PicturePost(shown.view().pictures(), shown.caption(), job.spoiler(), keyboard));
    if (single || shown.keyboard().isEmpty()) {
      return messages.getLast().getMessageId();
    }
    String settings = TelegramHtml.escape(TelegramMessages.settings(locale, job));
    return words(to, new Words(settings, shown.keyboard())).getMessageId();
  }

  /** Written to the disk first: it can be large, and is made while it is read. */
  private Message document(TelegramAddress.Chat to, Document document)
      throws TelegramFailure, InterruptedException {
    Attachment attachment = document.file();
    try {
      Path file = Files.createTempFile("hyperbrush-", ".tmp");
      try {
        copy(attachment, file);
        return line.send(
            to.chat(),
            OptionalInt.empty(),
            1,
            chat -> {
              InputFile input = new InputFile(file.toFile(), attachment.name());
              SendDocument message = new SendDocument(String.valueOf(chat), input);
              message.setCaption(document.caption());
              message.setParseMode(TelegramHtml.PARSE_MODE);
              message.setDisableContentTypeDetection(true);
              document.keyboard().ifPresent(message::setReplyMarkup);
              Target.of(to, chat).apply(message::setMessageThreadId, message::setReplyParameters);
              return message;
            });
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (TelegramFailure failure) {
      throw failure;
    } catch (IOException e) {
      throw TelegramFailure.noAnswer("a file", e.toString(), false);
    }
  }

  private static void copy(Attachment attachment, Path file) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (InputStream in = attachment.content().open();
        OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
        if (size > MOST_BYTES) {
          throw new Refusal(
              ReasonCode.TELEGRAM_FILE_TOO_LARGE, attachment.name(), MOST_BYTES / 1_000_000);
        }
        out.write(buffer, 0, read);
      }
    }
  }
}
