package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.command.BanDesk.Sentence;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.BanKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** {@code /timeout}: somebody may not draw for a while. Thread-safe. */
final class TimeoutCommand implements Verb {
  private static final Duration LONGEST = Duration.ofDays(28);

  private final Option<String> reason = Option.of("reason", new Kind.Text(), "spam");
  private final BanDesk desk;
  private final InstantSource clock;

  TimeoutCommand(BanDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  @Override
  public Usage usage() {
    ScopeOptions scopes = desk.moderation().scopes();
    return Usage.of("timeout")
        .needs("timeout")
        .with(reason, scopes.server(), scopes.everywhere())
        .onlyFor(Permission.MODERATOR);
  }

  /** The last word is how long, all before it who. */
  @Override
  public Reply run(Call call) {
    String text = call.arguments().text();
    int space = text.lastIndexOf(' ');
    if (space < 0) {
      throw new Refusal(ReasonCode.TIMEOUT_NEEDS_BOTH);
    }
    return desk.ban(
        call,
        new Sentence(
            desk.people().find(call, text.substring(0, space)),
            BanKind.TIMEOUT,
            Optional.of(Deadline.in(text.substring(space + 1), clock.instant(), LONGEST)),
            call.arguments().get(reason).orElse("")));
  }
}
