package dev.hyperbrush.command;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Presets;
import dev.hyperbrush.policy.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which scope a moderator means: the server by default, one of its channels or roles, and for
 * whoever runs the program also other servers and all places. Immutable.
 */
final class ScopeOptions {
  private final Option<String> channel =
      Option.of("channel", new Kind.Id(), Kind.Id.HERE).orBare(Kind.Id.HERE);
  private final Option<String> role = Option.of("role", new Kind.Word("123"), "123");
  private final Option<String> server =
      Option.of("server", new Kind.Word("discord:123"), "discord:123");
  private final Option<Boolean> everywhere = Option.of("everywhere", new Kind.Switch(), "");

  List<Option<?>> all() {
    return List.of(channel, role, server, everywhere);
  }

  /** The scope that a moderator names. */
  Scope scope(Call call) {
    Arguments said = call.arguments();
    boolean all = said.get(everywhere).orElse(false);
    long named =
        Stream.of(said.get(channel).isPresent(), said.get(role).isPresent(), all)
            .filter(Boolean::booleanValue)
            .count();
    if (named > 1 || (all && said.get(server).isPresent())) {
      throw new Refusal(ReasonCode.SCOPE_AMBIGUOUS, "--channel, --role, --server, --everywhere");
    }
    if (all) {
      requireOperator(call, everywhere);
      return Scope.EVERYWHERE;
    }
    Optional<Scope> around = server(call);
    if (said.get(channel).isPresent()) {
      return channel(call, around, said.get(channel).get());
    }
    if (said.get(role).isPresent()) {
      Scope of = around.orElseThrow(ScopeOptions::needsServer);
      return Scope.role(of.parts().getFirst(), of.id(), Mentions.id(said.get(role).get()));
    }
    return around
        .or(() ->
            Optional.of(Scope.EVERYWHERE).filter(_ -> call.situation().may(Permission.OPERATOR)))
        .orElseThrow(ScopeOptions::needsServer);
  }

  private static Scope channel(Call call, Optional<Scope> around, String named) {
    if (around.isEmpty() && !call.situation().may(Permission.OPERATOR)) {
      throw needsServer();
    }
    String id = named.equals(Kind.Id.HERE) ? call.origin().channel() : Mentions.id(named);
    return around
        .map(of -> Scope.channel(of.parts().getFirst(), of.id(), id))
        .orElseGet(() -> Scope.channel(call.origin().platform(), "", id));
  }

  /** The server named, or else that of the place. */
  Optional<Scope> server(Call call) {
    Optional<String> named = call.arguments().get(server);
    if (named.isEmpty()) {
      return Presets.server(call.situation());
    }
    requireOperator(call, server);
    int colon = named.get().indexOf(':');
    if (colon < 1 || colon == named.get().length() - 1) {
      throw new Refusal(
          ReasonCode.SERVER_ID_BAD, Shown.brief(named.get()), "--server " + server.example());
    }
    return Optional.of(
        Scope.server(named.get().substring(0, colon), named.get().substring(colon + 1)));
  }

  /** The option that names a server. */
  Option<String> server() {
    return server;
  }

  /** The option that means all places. */
  Option<Boolean> everywhere() {
    return everywhere;
  }

  private static void requireOperator(Call call, Option<?> option) {
    if (!call.situation().may(Permission.OPERATOR)) {
      throw new Refusal(ReasonCode.NOT_PERMITTED, call.invocation().verb() + " --" + option.name());
    }
  }

  private static Refusal needsServer() {
    return new Refusal(ReasonCode.SCOPE_NEEDS_SERVER);
  }

  /** A scope in words. */
  static String name(Locale locale, Scope scope) {
    return Texts.get(locale, "scope." + scope.kind(), Shown.brief(scope.id()));
  }
}
