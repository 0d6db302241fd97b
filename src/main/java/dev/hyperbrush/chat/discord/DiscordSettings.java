package dev.hyperbrush.chat.discord;

import java.net.URI;
import java.util.Optional;

/**
 * How the bot is on Discord. Immutable.
 *
 * @param token of the bot; without one it is not on Discord
 * @param api where requests go instead of Discord itself, for a proxy or a test
 * @param shards gateway connections; 0 for as many as Discord recommends
 */
public record DiscordSettings(Optional<String> token, Optional<URI> api, int shards) {
  public static final int MOST_SHARDS = 1024;

  /** Not on Discord. */
  public static final DiscordSettings NONE =
      new DiscordSettings(Optional.empty(), Optional.empty(), 0);

  /** Without the token: settings end up in logs. */
  @Override
  public String toString() {
    return "DiscordSettings[token=%s, api=%s, shards=%d]"
        .formatted(token.isPresent() ? "set" : "none", api, shards);
  }
}
