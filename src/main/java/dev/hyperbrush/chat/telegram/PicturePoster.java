package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.TelegramFileDao;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMediaGroup;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageMedia;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.media.InputMedia;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaPhoto;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Puts pictures into chats: one in place of a message or as a new one, several as an album. What
 * Telegram has already is not sent again; what it finds too large is made smaller. Thread-safe.
 */
final class PicturePoster {
  private final PhotoFiles files;

  /** Over the pictures of the bot. */
  static PicturePoster of(AdapterParts parts) {
    return new PicturePoster(new PhotoFiles(parts.files(), new TelegramFileDao(parts.database())));
  }

  PicturePoster(PhotoFiles files) {
    this.files = files;
  }

  /**
   * Posts them.
   *
   * @param line that it is sent in
   * @param to several pictures are new messages even where it names one
   * @return the messages that they have become; of one that was the same already, none
   * @throws Refusal when they are to be covered and can only be sent as files, which cannot be
   */
  List<Message> post(Line line, TelegramAddress to, PicturePost post)
      throws TelegramFailure, InterruptedException {
    PhotoForm form = PhotoForm.of(post.pictures());
    Optional<List<String>> known = files.known(post.pictures(), form);
    while (true) {
      try {
        List<Message> messages = attempt(line, to, post, form, known);
        if (known.isEmpty()) {
          files.remember(post.pictures(), form, messages);
        }
        return messages;
      } catch (TelegramFailure failure) {
        if (known.isPresent() && TelegramOutcomes.isUnknownFile(failure)) {
          files.forget(post.pictures(), form);
        } else if (TelegramOutcomes.isTooLarge(failure) && form.next().isPresent()) {
          form = form.next().get();
        } else {
          throw failure;
        }
        known = Optional.empty();
      }
    }
  }

  private List<Message> attempt(
      Line line, TelegramAddress to, PicturePost post, PhotoForm form, Optional<List<String>> known)
      throws TelegramFailure, InterruptedException {
    if (form == PhotoForm.FILE && post.spoiler()) {
      throw new Refusal(ReasonCode.TELEGRAM_FILE_NOT_COVERED, post.pictures().getFirst().jobId());
    }
    if (post.pictures().size() > 1) {
      return album(line, to, post, form, known);
    }
    return to instanceof TelegramAddress.Message message
        ? replace(line, message, post, form, known)
        : List.of(send(line, to, post, form, known));
  }

  private List<Message> replace(
      Line line,
      TelegramAddress.Message of,
      PicturePost post,
      PhotoForm form,
      Optional<List<String>> known)
      throws TelegramFailure, InterruptedException {
    try {
      Serializable changed =
          line.send(
              of.chat(),
              OptionalInt.of(of.messageId()),
              1,
              chat -> {
                EditMessageMedia edit = new EditMessageMedia(media(post, 0, form, known));
                edit.setChatId(chat);
                edit.setMessageId(of.messageId());
                post.keyboard().ifPresent(edit::setReplyMarkup);
                return edit;
              });
      return changed instanceof Message message ? List.of(message) : List.of();
    } catch (TelegramFailure failure) {
      if (TelegramOutcomes.isDoneAlready(failure)) {
        return List.of();
      }
      throw failure;
    }
  }

  private Message send(
      Line line, TelegramAddress to, PicturePost post, PhotoForm form, Optional<List<String>> known)
      throws TelegramFailure, InterruptedException {
    return line.send(
        to.chat(),
        OptionalInt.empty(),
        1,
        chat -> {
          Picture picture = post.pictures().getFirst();
          InputFile file =
              known.isPresent() ? new InputFile(known.get().getFirst()) : files.file(picture, form);
          return form == PhotoForm.FILE
              ? document(chat, to, post, file)
              : photo(chat, to, post, file);
        });
  }

  private static PartialBotApiMethod<Message> photo(
      long chat, TelegramAddress to, PicturePost post, InputFile file) {
    SendPhoto photo = new SendPhoto(String.valueOf(chat), file);
    photo.setCaption(post.caption());
    photo.setParseMode(TelegramHtml.PARSE_MODE);
    photo.setHasSpoiler(post.spoiler());
    post.keyboard().ifPresent(photo::setReplyMarkup);
    Target.of(to, chat).apply(photo::setMessageThreadId, photo::setReplyParameters);
    return photo;
  }

  private static PartialBotApiMethod<Message> document(
      long chat, TelegramAddress to, PicturePost post, InputFile file) {
    SendDocument document = new SendDocument(String.valueOf(chat), file);
    document.setCaption(post.caption());
    document.setParseMode(TelegramHtml.PARSE_MODE);
    post.keyboard().ifPresent(document::setReplyMarkup);
    Target.of(to, chat).apply(document::setMessageThreadId, document::setReplyParameters);
    return document;
  }

  private List<Message> album(
      Line line, TelegramAddress to, PicturePost post, PhotoForm form, Optional<List<String>> known)
      throws TelegramFailure, InterruptedException {
    return line.send(
        to.chat(),
        OptionalInt.empty(),
        post.pictures().size(),
        chat -> {
          List<InputMedia> medias = new ArrayList<>();
          for (int i = 0; i < post.pictures().size(); i++) {
            medias.add(media(post, i, form, known));
          }
          SendMediaGroup group = new SendMediaGroup(String.valueOf(chat), medias);
          Target.of(to, chat).apply(group::setMessageThreadId, group::setReplyParameters);
          return group;
        });
  }

  /** The first one says what they are. */
  private InputMedia media(
      PicturePost post, int index, PhotoForm form, Optional<List<String>> known)
      throws IOException {
    InputMedia media =
        known.isPresent()
            ? PhotoFiles.media(known.get().get(index), form)
            : files.media(post.pictures().get(index), form);
    if (index == 0) {
      media.setCaption(post.caption());
      media.setParseMode(TelegramHtml.PARSE_MODE);
    }
    if (media instanceof InputMediaPhoto photo) {
      photo.setHasSpoiler(post.spoiler());
    }
    return media;
  }
}
