package dev.hyperbrush.chat.telegram;

import java.net.URI;
import java.util.Optional;

/**
 * How the bot is on Telegram. Immutable.
 *
 * @param token of the bot; without one it is not on Telegram
 * @param api a Bot API server instead of Telegram's own
 */
public record TelegramSettings(Optional<String> token, Optional<URI> api) {
  /** Not on Telegram. */
  public static final TelegramSettings NONE =
      new TelegramSettings(Optional.empty(), Optional.empty());

  /** Without the token: settings end up in logs. */
  @Override
  public String toString() {
    return "TelegramSettings[token=%s, api=%s]".formatted(token.isPresent() ? "set" : "none", api);
  }
}
