package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.queue.Erasure;
import dev.hyperbrush.store.OneTimeCodeDao;
import dev.hyperbrush.store.OneTimeCodeDao.Purpose;
import dev.hyperbrush.store.StoredDao;
import dev.hyperbrush.store.StoredDao.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code /forget-me}: erases everything about a person. Asks first; the answer is a button that
 * works for ten minutes, or the flag. Thread-safe.
 */
final class ForgetMeCommand implements Verb {
  private static final String NAME = "forget-me";

  /** The button that asks whether it is meant. */
  static final ActionId ASK = new ActionId(NAME, 0, 1);

  private static final Duration VALID = Duration.ofMinutes(10);

  /** As many as a button can hold. */
  private static final long CODES = 1_000_000_000_000_000_000L;

  private final Option<Boolean> yes = Option.of("yes", new Kind.Switch(), "on");
  private final Option<Long> code = Option.of("code", new Kind.Whole(0, CODES - 1), "123");

  private final Erasure erasure;
  private final StoredDao stored;
  private final OneTimeCodeDao codes;
  private final RandomGenerator chance;

  ForgetMeCommand(Erasure erasure, StoredDao stored, OneTimeCodeDao codes, RandomGenerator chance) {
    this.erasure = erasure;
    this.stored = stored;
    this.codes = codes;
    this.chance = chance;
  }

  @Override
  public Usage usage() {
    return Usage.of(NAME).with(yes, code).evenWhenBanned().saidTo(Audience.ONLY_ASKER);
  }

  @Override
  public Reply run(Call call) {
    Optional<Long> pressed = call.arguments().get(code);
    if (pressed.isPresent()) {
      if (!codes.redeem(call.personId(), Purpose.FORGET, pressed.get().toString())) {
        throw new Refusal(ReasonCode.FORGET_CODE_UNKNOWN);
      }
    } else if (!call.arguments().get(yes).orElse(false)) {
      return ask(call);
    }
    erasure.erase(call.personId());
    return Reply.text(Texts.get(call.locale(), "forget.done"));
  }

  private Reply ask(Call call) {
    long fresh = chance.nextLong(CODES);
    codes.issue(call.personId(), Purpose.FORGET, String.valueOf(fresh), VALID);
    Stored all = stored.of(call.personId());
    String text =
        Texts.get(call.locale(), "forget.ask", all.jobs(), all.pictures(), VALID.toMinutes());
    return Reply.text(text)
        .withButtons(
            List.of(
                new Button(
                    Texts.get(call.locale(), "button.forget-me"), new ActionId(NAME, fresh, 0))));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of(action.equals(ASK) ? "" : "--code " + action.id());
  }
}
