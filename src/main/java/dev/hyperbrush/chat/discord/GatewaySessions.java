package dev.hyperbrush.chat.discord;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;

/**
 * Keeps every connection on the gateway that Discord, or what stands in for it, has named. JDA
 * itself goes to Discord's own gateway once a connection has failed, and would hand the token to
 * Discord although requests go elsewhere. Thread-safe.
 */
final class GatewaySessions extends ConcurrentSessionController {
  private static final String DISCORDS = "discord.gg";

  private final Optional<URI> api;
  private volatile Optional<String> named = Optional.empty();

  /**
   * For connections of one bot.
   *
   * @param api where requests go instead of Discord itself
   */
  GatewaySessions(Optional<URI> api) {
    this.api = api;
  }

  /**
   * Asks for the gateway.
   *
   * @throws Refusal when what stands in for Discord names Discord's own
   */
  @Override
  public ShardedGateway getShardedGateway(JDA shard) {
    ShardedGateway gateway = super.getShardedGateway(shard);
    if (isRefused(gateway.getUrl())) {
      throw new Refusal(ReasonCode.DISCORD_GATEWAY_ELSEWHERE, api.orElseThrow(), gateway.getUrl());
    }
    named = Optional.of(gateway.getUrl());
    return gateway;
  }

  /** Where to connect again when a connection has failed. */
  @Override
  public String getGateway() {
    return named.orElseGet(super::getGateway);
  }

  /** Whether a gateway must not get the token. */
  boolean isRefused(String url) {
    return api.isPresent() && isDiscords(url);
  }

  private static boolean isDiscords(String url) {
    String host = Optional.ofNullable(URI.create(url).getHost()).orElse("");
    return ("." + host.toLowerCase(Locale.ROOT)).endsWith("." + DISCORDS);
  }
}
