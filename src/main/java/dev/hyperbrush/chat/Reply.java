package dev.hyperbrush.chat;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is answered, in the person's language. Immutable.
 *
 * @param code why nothing was done; empty when it was
 * @param text to show, several lines where it is a list
 * @param notices what of the wish was changed, or else is good to know
 * @param jobs that the answer is about
 * @param cards the things that the answer lists, beside jobs; the text says them too
 * @param buttons below the whole answer; those of a job are in its view
 * @param attachment a file to hand over
 */
public record Reply(
    Optional<ReasonCode> code,
    String text,
    List<Phrase> notices,
    List<JobView> jobs,
    List<Card> cards,
    List<Button> buttons,
    Optional<Attachment> attachment) {
  public Reply {
    notices = List.copyOf(notices);
    jobs = List.copyOf(jobs);
    cards = List.copyOf(cards);
    buttons = List.copyOf(buttons);
  }

  public static Reply text(String text) {
    return new Reply(
        Optional.empty(), text, List.of(), List.of(), List.of(), List.of(), Optional.empty());
  }

  public static Reply refused(Locale locale, Phrase why) {
    return new Reply(
        Optional.of(why.code()),
        Texts.say(locale, why),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** With another line of text. */
  public Reply withMore(String line) {
    return new Reply(code, text + "\n" + line, notices, jobs, cards, buttons, attachment);
  }

  public Reply withNotices(List<Phrase> more) {
    return new Reply(code, text, more, jobs, cards, buttons, attachment);
  }

  public Reply withJobs(List<JobView> more) {
    return new Reply(code, text, notices, more, cards, buttons, attachment);
  }

  public Reply withCards(List<Card> more) {
    return new Reply(code, text, notices, jobs, more, buttons, attachment);
  }

  public Reply withAttachment(Attachment file) {
    return new Reply(code, text, notices, jobs, cards, buttons, Optional.of(file));
  }

  public Reply withButtons(List<Button> more) {
    return new Reply(code, text, notices, jobs, cards, more, attachment);
  }
}
