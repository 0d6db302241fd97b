package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.command.BanDesk.Sentence;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.BanKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@code /ban}: somebody may not draw on the server, or everywhere. Thread-safe. */
final class BanCommand implements Verb {
  private final Option<String> length = Option.of("for", new Kind.Word("7d"), "7d");
  private final Option<String> end = Option.of("end", new Kind.Text(), "2026-12-31").alias("until");
  private final Option<String> reason = Option.of("reason", new Kind.Text(), "spam");
  private final BanDesk desk;
  private final InstantSource clock;

  BanCommand(BanDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  @Override
  public Usage usage() {
    ScopeOptions scopes = desk.moderation().scopes();
    return Usage.of("ban")
        .needs("person")
        .with(length, end, reason, scopes.server(), scopes.everywhere())
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    return desk.ban(
        call,
        new Sentence(
            desk.people().find(call, call.arguments().text()),
            BanKind.BAN,
            end(call.arguments()),
            call.arguments().get(reason).orElse("")));
  }

  private Optional<Instant> end(Arguments said) {
    Optional<Instant> byLength = said.get(length).map(span -> Deadline.in(span, clock.instant()));
    Optional<Instant> byEnd = said.get(end).map(moment -> Deadline.at(moment, clock.instant()));
    if (byLength.isPresent() && byEnd.isPresent()) {
      throw new Refusal(ReasonCode.SCOPE_AMBIGUOUS, "--for, --end");
    }
    return byLength.or(() -> byEnd);
  }
}
