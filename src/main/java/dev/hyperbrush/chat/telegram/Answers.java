package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.telegram.TelegramMessages.Outgoing;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageReplyMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.ForceReplyKeyboard;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/**
 * Sends answers to where they belong: what is for one person alone never into a group. Thread-safe;
 * waits, on virtual threads best.
 */
final class Answers {
  private static final int FORBIDDEN = 403;
  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  /** Sends one message of an answer. */
  interface Post {
    /**
     * Sends it, now or when it is its turn.
     *
     * @return the number of the message, the last one where it became several
     */
    int send(TelegramAddress.Chat to, Locale locale, Outgoing message)
        throws TelegramFailure, InterruptedException;
  }

  private final Post post;
  private final TelegramSender sender;
  private final JobQueue queue;
  private final String username;
  private final BooleanSupplier stopping;

  /**
   * Answers of a bot.
   *
   * @param username of the bot
   * @param stopping whether nothing can be sent any more, as the bot stops
   */
  Answers(
      Post post, TelegramSender sender, JobQueue queue, String username, BooleanSupplier stopping) {
    this.post = post;
    this.sender = sender;
    this.queue = queue;
    this.username = username;
    this.stopping = stopping;
  }

  /** Says a sentence of ours where somebody is. */
  void say(Talk talk, String textKey) throws InterruptedException {
    say(talk, Reply.text(Texts.get(talk.locale(), textKey)), Audience.ASKER, false);
  }

  /**
   * Says an answer.
   *
   * @param withPictures whether those of its job are part of it
   * @throws InterruptedException when the bot stops before it is said
   */
  void say(Talk talk, Reply reply, Audience audience, boolean withPictures)
      throws InterruptedException {
    List<Outgoing> messages = TelegramMessages.of(talk.locale(), reply, withPictures);
    if (audience != Audience.ONLY_ASKER || !talk.room().group()) {
      trySend(talk, talk.here(), messages);
    } else if (talk.isUnnamed()) {
      say(talk, "telegram.unnamed");
    } else {
      sayAlone(talk, messages);
    }
  }

  /** To the person alone; who has never begun to talk to the bot is asked to. */
  private void sayAlone(Talk talk, List<Outgoing> messages) throws InterruptedException {
    try {
      send(talk, talk.alone(), messages);
    } catch (TelegramFailure failure) {
      if (failure.code() == FORBIDDEN || failure.says("chat not found")) {
        trySend(talk, talk.here(), List.of(invitation(talk.locale())));
      } else {
        notSaid(failure);
      }
    }
  }

  private Outgoing invitation(Locale locale) {
    InlineKeyboardButton open =
        InlineKeyboardButton.builder()
            .text(Texts.get(locale, "telegram.private.open"))
            .url(Deeplink.chat(username))
            .build();
    return new TelegramMessages.Words(
        TelegramHtml.escape(TelegramHtml.plain(Texts.get(locale, "telegram.private"))),
        Optional.of(new InlineKeyboardMarkup(List.of(new InlineKeyboardRow(open)))));
  }

  /**
   * Asks something to which the answer is a reply.
   *
   * @param prepared whether the reply is to be begun for whom it is asked; in a group only when
   *     they have written something, as it would be begun for all otherwise
   */
  void ask(Talk talk, String question, boolean prepared) throws InterruptedException {
    String text = TelegramHtml.cut(TelegramHtml.plain(question), TelegramHtml.LONGEST_TEXT);
    try {
      sender.answer(
          talk.room().chat(),
          chat -> {
            SendMessage message = new SendMessage(String.valueOf(chat), TelegramHtml.escape(text));
            message.setParseMode(TelegramHtml.PARSE_MODE);
            message.setLinkPreviewOptions(OutgoingPoster.noPreview());
            Target.of(talk.here(), chat)
                .apply(message::setMessageThreadId, message::setReplyParameters);
            if (prepared) {
              message.setReplyMarkup(
                  ForceReplyKeyboard.builder().forceReply(true).selective(true).build());
            }
            return message;
          });
    } catch (TelegramFailure failure) {
      notSaid(failure);
    }
  }

  /** Says that a job waits, in the message that its picture will take the place of. */
  void queued(Talk talk, Reply reply, JobView view) throws InterruptedException {
    Outgoing message = TelegramMessages.one(talk.locale(), reply);
    Optional<Integer> number = trySend(talk, talk.here(), List.of(message));
    if (number.isPresent()) {
      becomes(talk, view.job(), number.get());
    }
  }

  private void becomes(Talk talk, Job job, int message) throws InterruptedException {
    List<Destination> ladder = new ArrayList<>();
    ladder.add(
        new TelegramAddress.Message(talk.room().chat(), talk.room().thread(), message)
            .destination());
    ladder.addAll(Callers.ladder(talk.sender(), talk.room(), talk.replyTo()));
    if (!queue.reroute(job.id(), new Route(talk.locale().toLanguageTag(), ladder))) {
      takeBack(talk.room().chat(), message); // the picture is there already
    }
  }

  /**
   * Turns a message of words into an answer.
   *
   * @return whether that was possible
   */
  boolean turn(Talk talk, int message, Reply reply) throws InterruptedException {
    TelegramMessages.Words words = TelegramMessages.one(talk.locale(), reply);
    TelegramAddress.Message shown =
        new TelegramAddress.Message(talk.room().chat(), talk.room().thread(), message);
    try {
      sender.answer(
          talk.room().chat(),
          OptionalInt.of(message),
          1,
          chat -> OutgoingPoster.edit(chat, shown, words));
      return true;
    } catch (TelegramFailure failure) {
      return failure.says("message is not modified");
    }
  }

  /** Shows below a message what can be done now with the job that it is about. */
  void mark(Talk talk, int message, JobView view) throws InterruptedException {
    Optional<InlineKeyboardMarkup> keyboard = TelegramKeyboard.of(talk.locale(), view);
    try {
      sender.answer(
          talk.room().chat(),
          OptionalInt.of(message),
          1,
          chat ->
              EditMessageReplyMarkup.builder()
                  .chatId(chat)
                  .messageId(message)
                  .replyMarkup(keyboard.orElse(null))
                  .build());
    } catch (TelegramFailure failure) {
      log.debug("Buttons stay as they are: {}", failure.getMessage());
    }
  }

  private void takeBack(long chat, int message) throws InterruptedException {
    try {
      sender.aside(new DeleteMessage(String.valueOf(chat), message));
    } catch (TelegramFailure failure) {
      log.debug("A message stays: {}", failure.getMessage());
    }
  }

  private Optional<Integer> trySend(Talk talk, TelegramAddress.Chat to, List<Outgoing> messages)
      throws InterruptedException {
    try {
      return Optional.of(send(talk, to, messages));
    } catch (TelegramFailure failure) {
      notSaid(failure);
      return Optional.empty();
    }
  }

  private int send(Talk talk, TelegramAddress.Chat to, List<Outgoing> messages)
      throws TelegramFailure, InterruptedException {
    int last = 0;
    for (Outgoing message : messages) {
      last = post.send(to, talk.locale(), message);
    }
    return last;
  }

  private void notSaid(TelegramFailure failure) throws InterruptedException {
    if (stopping.getAsBoolean()) {
      throw new InterruptedException("the bot stops");
    }
    log.info("An answer could not be sent: {}", failure.getMessage());
  }
}
