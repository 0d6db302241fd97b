package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.telegram.Incoming.Pressed;
import dev.hyperbrush.chat.telegram.Incoming.Room;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.command.Usage;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Deals with buttons that somebody pressed. Thread-safe. */
final class PressDesk {
  /** Their buttons turn pages of the message that they are below. */
  private static final Set<String> PAGED =
      Set.of("history", "favourites", "changes", "audit", "bans", "policy list", "review");

  private static final String FAVOURITE = "favourite";
  private static final String SHOW = "show";

  private final Commands commands;
  private final Callers callers;
  private final Answers answers;
  private final RemixQuestion remix;

  PressDesk(Commands commands, Callers callers, Answers answers) {
    this.commands = commands;
    this.callers = callers;
    this.answers = answers;
    this.remix = new RemixQuestion(commands, answers);
  }

  void handle(Arrival arrival, Pressed pressed, PressAnswer answer) throws InterruptedException {
    // Of a message shared from somebody's history, nobody tells where it is.
    Room room =
        pressed.room().orElseGet(() -> new Room(pressed.sender().id(), false, OptionalInt.empty()));
    OptionalInt replyTo =
        pressed.messageId() > 0 ? OptionalInt.of(pressed.messageId()) : OptionalInt.empty();
    Caller caller = callers.of(pressed.sender(), room, replyTo, arrival.request());
    Talk talk = new Talk(pressed.sender(), room, replyTo, commands.language(caller));
    callers.remember(pressed.sender());
    Optional<ActionId> action = ActionId.parse(pressed.data());
    if (action.isEmpty()) {
      answer.give(Texts.say(talk.locale(), Phrase.of(ReasonCode.BUTTON_UNKNOWN)), true);
    } else if (arrival.begunBefore()) {
      answer.give();
      answers.say(talk, "telegram.interrupted");
    } else if (action.get().verb().equals(MessageReader.REMIX_VERB)) {
      answer.give();
      remix.ask(talk, caller, picture(action.get()), false);
    } else {
      press(arrival, pressed, new Press(talk, action.get(), answer), caller);
    }
  }

  private static String picture(ActionId action) {
    return action.index() == 0 ? "" + action.id() : action.id() + "." + action.index();
  }

  /** A button under way. */
  private record Press(Talk talk, ActionId action, PressAnswer answer) {}

  private void press(Arrival arrival, Pressed pressed, Press press, Caller caller)
      throws InterruptedException {
    Optional<Usage> usage = commands.usage(press.action().verb());
    boolean draws = usage.filter(Usage::draws).isPresent();
    if (!draws) {
      arrival.begin();
    }
    Reply reply = commands.press(caller, press.action());
    Audience audience = usage.map(Usage::audience).orElse(Audience.ASKER);
    if (reply.code().isPresent()) {
      refuse(press, reply);
    } else if (draws && reply.jobs().size() == 1) {
      press.answer().give();
      answers.queued(press.talk(), reply, reply.jobs().getFirst());
    } else if (audience == Audience.ASKER && isBrief(reply)) {
      confirm(pressed, press, reply);
    } else {
      press.answer().give();
      if (!pressed.words()
          || !PAGED.contains(press.action().verb())
          || !answers.turn(press.talk(), pressed.messageId(), reply)) {
        boolean pictures = press.action().verb().equals(SHOW);
        answers.say(press.talk(), reply, audience, pictures);
      }
    }
  }

  private void refuse(Press press, Reply reply) throws InterruptedException {
    if (!press.answer().give(reply.text(), true)) {
      answers.say(press.talk(), reply, Audience.ASKER, false);
    }
  }

  private static boolean isBrief(Reply reply) {
    return reply.text().length() <= PressAnswer.LONGEST
        && reply.notices().isEmpty()
        && reply.cards().isEmpty()
        && reply.buttons().isEmpty()
        && reply.jobs().size() <= 1
        && reply.attachment().isEmpty();
  }

  private void confirm(Pressed pressed, Press press, Reply reply) throws InterruptedException {
    if (!press.answer().give(reply.text(), false)) {
      answers.say(press.talk(), reply, Audience.ASKER, false);
    }
    if (press.action().verb().equals(FAVOURITE) && pressed.room().isPresent()) {
      for (JobView view : reply.jobs()) {
        answers.mark(press.talk(), pressed.messageId(), view);
      }
    }
  }
}
