package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.telegram.Incoming.Membership;
import dev.hyperbrush.chat.telegram.Incoming.Moved;
import dev.hyperbrush.chat.telegram.Incoming.Pressed;
import dev.hyperbrush.chat.telegram.Incoming.Said;
import dev.hyperbrush.chat.telegram.Incoming.Searched;
import java.util.OptionalInt;

/**
 * Hands each arrival to who deals with it. Immutable, as thread-safe as those.
 *
 * @param standings to be asked anew where rights have changed
 */
record Desk(
    MessageDesk messages,
    PressDesk presses,
    SearchDesk searches,
    Answers answers,
    Callers callers,
    TelegramSender sender,
    Standings standings,
    StoredMoves moves)
    implements Inbox.Desk {
  @Override
  public Inbox.Work begin(Arrival arrival) {
    return switch (arrival.what()) {
      case Said said -> () -> messages.handle(arrival, said);
      case Pressed pressed -> {
        PressAnswer answer = PressAnswer.awaited(sender, pressed.queryId());
        yield () -> presses.handle(arrival, pressed, answer);
      }
      case Searched searched -> () -> searches.handle(searched);
      case Moved moved -> {
        // At once: what is said in the new group next comes from the old one.
        moves.moved(moved.oldChat(), moved.newChat());
        standings.forget(moved.newChat());
        yield () -> {};
      }
      case Membership change -> {
        standings.forget(change.room().chat());
        yield () -> welcome(change);
      }
    };
  }

  /** Each press is answered, or the app goes on showing that something is under way. */
  @Override
  public void passOver(Incoming repeated) {
    if (repeated instanceof Pressed pressed) {
      PressAnswer.awaited(sender, pressed.queryId());
    }
  }

  private void welcome(Membership change) throws InterruptedException {
    if (change.welcome() && change.room().group()) {
      answers.say(
          new Talk(
              change.sender(),
              change.room(),
              OptionalInt.empty(),
              callers.language(change.sender())),
          "telegram.hello.group");
    }
  }
}
