package dev.hyperbrush.chat.web;

import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer as the page's scripts read it. Immutable.
 *
 * @param code why nothing was done; empty when it was
 * @param file that comes with it
 */
record ReplyJson(
    Optional<String> code,
    String text,
    List<String> notices,
    List<JobJson> jobs,
    List<CardJson> cards,
    List<JobJson.ButtonJson> buttons,
    Optional<FileJson> file) {

  /**
   * Something to download.
   *
   * @param url good for once
   */
  record FileJson(String name, String url) {}

  /** One of the things that an answer lists. */
  record CardJson(
      String title,
      List<FieldJson> fields,
      List<JobJson.ButtonJson> buttons,
      Optional<String> picture) {
    static CardJson of(Card card, Downloads downloads) {
      return new CardJson(
          card.title(),
          card.fields().stream().map(field -> new FieldJson(field.name(), field.value())).toList(),
          card.buttons().stream().map(JobJson.ButtonJson::of).toList(),
          card.picture().map(downloads::offer));
    }
  }

  /** One fact about a thing. */
  record FieldJson(String name, String value) {}

  static ReplyJson of(Reply reply, Locale language, Downloads downloads) {
    return new ReplyJson(
        reply.code().map(ReasonCode::name),
        reply.text(),
        reply.notices().stream().map(notice -> Texts.say(language, notice)).toList(),
        reply.jobs().stream().map(view -> JobJson.of(view, language)).toList(),
        reply.cards().stream().map(card -> CardJson.of(card, downloads)).toList(),
        reply.buttons().stream().map(JobJson.ButtonJson::of).toList(),
        reply.attachment().map(file -> new FileJson(file.name(), downloads.offer(file))));
  }
}
