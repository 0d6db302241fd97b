package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.JobWords;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.store.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;

/** Makes of an answer the messages that say it, in the order to send them. */
final class TelegramMessages {
  /** Leaves room for the prompt in a caption. */
  private static final int LONGEST_SETTINGS = TelegramHtml.LONGEST_CAPTION * 2 / 3;

  /** One message to send. Immutable. */
  sealed interface Outgoing {
    Optional<InlineKeyboardMarkup> keyboard();
  }

  /** Words alone, as Telegram's HTML. */
  record Words(String html, Optional<InlineKeyboardMarkup> keyboard) implements Outgoing {}

  /** All pictures of a job that is done; with several of them the keyboard follows in a message. */
  record Pictures(JobView view, String caption, Optional<InlineKeyboardMarkup> keyboard)
      implements Outgoing {}

  /** A file as it is. */
  record Document(Attachment file, String caption, Optional<InlineKeyboardMarkup> keyboard)
      implements Outgoing {}

  /**
   * What to send for an answer; the keyboard is below the last message.
   *
   * @param withPictures whether the pictures of the job that it is about belong to the answer
   */
  static List<Outgoing> of(Locale locale, Reply reply, boolean withPictures) {
    String text = text(locale, reply);
    Optional<InlineKeyboardMarkup> keyboard = TelegramKeyboard.of(reply);
    if (reply.attachment().isPresent()) {
      return document(text, reply.attachment().get(), keyboard);
    }
    Optional<Attachment> shown =
        reply.cards().size() == 1 ? reply.cards().getFirst().picture() : Optional.empty();
    if (shown.isPresent()) {
      return document(text, shown.get(), keyboard);
    }
    Optional<JobView> pictured =
        reply.jobs().stream()
            .filter(view -> withPictures && reply.jobs().size() == 1 && !view.pictures().isEmpty())
            .findFirst();
    return pictured
        .map(view -> pictures(locale, text, view, keyboard))
        .orElseGet(() -> words(text, keyboard));
  }

  /** The whole answer in one message, cut if it must be, for one that is changed into it. */
  static Words one(Locale locale, Reply reply) {
    String text = TelegramHtml.cut(text(locale, reply), TelegramHtml.LONGEST_TEXT);
    return new Words(TelegramHtml.escape(text), TelegramKeyboard.of(reply));
  }

  /** What is said below the pictures of a job. */
  static String caption(Locale locale, Job job) {
    String settings = settings(locale, job);
    String prompt = prompt(job, TelegramHtml.LONGEST_CAPTION - settings.length() - 1);
    String below = TelegramHtml.escape(settings);
    return prompt.isEmpty() ? below : prompt + "\n" + below;
  }

  /** By which settings a job was drawn, and what is to be known of it; not escaped. */
  static String settings(Locale locale, Job job) {
    List<String> lines = new ArrayList<>(List.of(JobWords.settings(locale, job)));
    lines.addAll(JobWords.notices(locale, job));
    return TelegramHtml.cut(TelegramHtml.plain(String.join("\n", lines)), LONGEST_SETTINGS);
  }

  /** What was asked for, cut to so many letters beside the markup. */
  static String prompt(Job job, int limit) {
    String prompt = TelegramHtml.plain(job.request().prompt()).strip();
    return TelegramHtml.escape(TelegramHtml.cut(prompt, limit));
  }

  private static String text(Locale locale, Reply reply) {
    String text =
        Stream.concat(
                Stream.of(reply.text()),
                reply.notices().stream().map(notice -> Texts.say(locale, notice)))
            .collect(Collectors.joining("\n"));
    String plain = TelegramHtml.plain(text).strip();
    return plain.isEmpty() ? "…" : plain;
  }

  private static List<Outgoing> words(String text, Optional<InlineKeyboardMarkup> keyboard) {
    List<String> parts = TelegramHtml.split(text, TelegramHtml.LONGEST_TEXT);
    List<Outgoing> messages = new ArrayList<>();
    for (String part : parts) {
      boolean last = messages.size() == parts.size() - 1;
      messages.add(new Words(TelegramHtml.escape(part), last ? keyboard : Optional.empty()));
    }
    return messages;
  }

  private static List<Outgoing> document(
      String text, Attachment file, Optional<InlineKeyboardMarkup> keyboard) {
    if (text.length() <= TelegramHtml.LONGEST_CAPTION) {
      return List.of(new Document(file, TelegramHtml.escape(text), keyboard));
    }
    List<Outgoing> messages = new ArrayList<>();
    messages.add(new Document(file, "", Optional.empty()));
    messages.addAll(words(text, keyboard));
    return messages;
  }

  /** What does not fit below the picture follows it. */
  private static List<Outgoing> pictures(
      Locale locale, String text, JobView view, Optional<InlineKeyboardMarkup> keyboard) {
    if (text.length() <= TelegramHtml.LONGEST_CAPTION) {
      return List.of(new Pictures(view, TelegramHtml.escape(text), keyboard));
    }
    List<Outgoing> messages = new ArrayList<>();
    messages.add(new Pictures(view, caption(locale, view.job()), Optional.empty()));
    messages.addAll(words(text, keyboard));
    return messages;
  }

  private TelegramMessages() {}
}
