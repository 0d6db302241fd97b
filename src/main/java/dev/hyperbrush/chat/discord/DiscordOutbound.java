package dev.hyperbrush.chat.discord;

import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.ProgressBoard;
import java.util.Optional;
import java.util.function.Supplier;
import net.dv8tion.jda.api.sharding.ShardManager;

/** What the bot says on Discord, made of the parts that say it. Thread-safe. */
final class DiscordOutbound {
  private final DiscordMessages messages;
  private final Courier courier;
  private final ProgressBoard board;

  /**
   * Over a connection that may not stand yet.
   *
   * @param connection empty while there is none
   */
  DiscordOutbound(AdapterParts parts, Supplier<Optional<ShardManager>> connection) {
    this(parts, new DiscordRest(connection, DiscordRest.PATIENCE));
  }

  DiscordOutbound(AdapterParts parts, DiscordRest rest) {
    DiscordPosts posts = new DiscordPosts(rest);
    messages = new DiscordMessages(parts.files(), parts.clock());
    courier = new DiscordCourier(parts.commands(), messages, rest, posts, parts.clock());
    board = new DiscordBoard(parts, messages, posts);
  }

  /** Answers as messages. */
  DiscordMessages messages() {
    return messages;
  }

  /** Posts how jobs ended. */
  Courier courier() {
    return courier;
  }

  /** Says how far jobs are. */
  ProgressBoard board() {
    return board;
  }
}
