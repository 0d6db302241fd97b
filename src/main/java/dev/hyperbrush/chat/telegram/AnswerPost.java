package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.telegram.TelegramMessages.Document;
import dev.hyperbrush.chat.telegram.TelegramMessages.Outgoing;
import dev.hyperbrush.chat.telegram.TelegramMessages.Pictures;
import dev.hyperbrush.chat.telegram.TelegramMessages.Words;
import java.util.Locale;
import org.telegram.telegrambots.meta.api.methods.ParseMode;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;

/** Sends the messages of answers. Thread-safe. */
final class AnswerPost implements Answers.Post {
  private static final LinkPreviewOptions NO_PREVIEW =
      LinkPreviewOptions.builder().isDisabled(true).build();

  private final TelegramSender sender;

  AnswerPost(TelegramSender sender) {
    this.sender = sender;
  }

  @Override
  public int send(TelegramAddress.Chat to, Locale locale, Outgoing message)
      throws TelegramFailure, InterruptedException {
    return switch (message) {
      case Words words -> words(to, words);
      case Pictures pictures -> words(to, new Words(pictures.caption(), pictures.keyboard()));
      case Document document -> words(to, new Words(document.caption(), document.keyboard()));
    };
  }

  private int words(TelegramAddress.Chat to, Words words)
      throws TelegramFailure, InterruptedException {
    return sender
        .answer(
            to.chat(),
            chat -> {
              SendMessage message = new SendMessage(String.valueOf(chat), words.html());
              message.setParseMode(ParseMode.HTML);
              message.setLinkPreviewOptions(NO_PREVIEW);
              words.keyboard().ifPresent(message::setReplyMarkup);
              to.thread().ifPresent(message::setMessageThreadId);
              return message;
            })
        .getMessageId();
  }
}
