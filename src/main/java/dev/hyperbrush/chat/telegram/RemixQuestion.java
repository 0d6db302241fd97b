package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.Commands;
import java.util.Map;

/**
 * Asks with which other words or settings a picture is to be drawn: there are no forms on Telegram,
 * but a reply to a message tells what it is a reply to. The question carries the number of the
 * picture, so that it can be answered years later. Thread-safe.
 */
final class RemixQuestion {
  private static final String SHOW = "show";

  private final Commands commands;
  private final Answers answers;

  RemixQuestion(Commands commands, Answers answers) {
    this.commands = commands;
    this.answers = answers;
  }

  /**
   * Asks, or says why that picture cannot be had.
   *
   * @param picture its number, as people write it
   * @param typed whether the person has written a message, which the question can be a reply to
   */
  void ask(Talk talk, Caller caller, String picture, boolean typed) throws InterruptedException {
    Reply shown = commands.run(new Invocation(caller, SHOW, picture, Map.of()));
    if (shown.code().isPresent() || shown.jobs().size() != 1) {
      answers.say(talk, shown, Audience.ASKER, false);
      return;
    }
    String number = picture.replace("#", "").strip().replace(' ', '.');
    answers.ask(
        talk,
        MessageReader.REMIX_MARK
            + number
            + "\n"
            + Texts.get(talk.locale(), "telegram.remix")
            + "\n\n"
            + shown.jobs().getFirst().command(),
        typed || !talk.room().group());
  }
}
