package dev.hyperbrush.command;

import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.SettingValues;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code /defaults me}: what one wants oneself where one says nothing else. With flags it sets,
 * with {@code --unset} it takes back, with nothing it shows. Thread-safe.
 */
final class DefaultsMeCommand implements Verb {
  private final Option<String> unset = Option.of("unset", new Kind.Text(), "steps guidance");
  private final DefaultsDesk desk;

  DefaultsMeCommand(DefaultsDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    Option<?>[] options =
        Stream.concat(desk.own().options().stream(), Stream.of(unset)).toArray(Option<?>[]::new);
    return Usage.of("defaults me").with(options).evenWhenBanned().saidTo(Audience.ONLY_ASKER);
  }

  @Override
  public Reply run(Call call) {
    Scope scope = Scope.person(call.personId());
    SettingValues values = desk.own().values(call.arguments());
    DefaultsDesk.requireSomething(call, false, "/defaults me --steps 6", scope);
    Optional<Reply> taken =
        call.arguments()
            .get(unset)
            .map(names -> desk.unset(call, scope, DefaultsDesk.named(names, scope)));
    if (!values.isEmpty()) {
      Reply set = desk.set(call, scope, values);
      return taken.map(reply -> both(reply, set)).orElse(set);
    }
    return taken.orElseGet(() -> desk.show(call, scope));
  }

  private static Reply both(Reply first, Reply second) {
    return second
        .withMore(first.text())
        .withCards(Stream.concat(second.cards().stream(), first.cards().stream()).toList());
  }
}
