package dev.hyperbrush.chat.discord;

import dev.hyperbrush.store.Destination;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where something is posted on Discord, as it is kept with a job. Immutable. Written as a letter
 * and its parts with colons between them; whoever has the address of a hook can post in the bot's
 * name until it expires, so it is in no log.
 */
sealed interface DiscordAddress {
  /** Written so that {@link #parse} reads it; at most about 300 characters. */
  String encode();

  /** As a step of a ladder; posts of the same lane are made one after another. */
  default Destination in(String lane) {
    return new Destination(lane, encode());
  }

  /** What {@link #encode} wrote; empty for anything else. */
  static Optional<DiscordAddress> parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      return switch (parts[0] + parts.length) {
        case "h5" ->
            Optional.of(
                new Hook(
                    id(parts[1]),
                    parts[4],
                    Instant.ofEpochSecond(Long.parseLong(parts[2])),
                    Long.parseLong(parts[3])));
        case "m3" -> Optional.of(new Message(id(parts[1]), id(parts[2])));
        case "c3" -> Optional.of(new Channel(id(parts[1]), id(parts[2])));
        case "d2" -> Optional.of(new Dm(id(parts[1])));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long id(String text) {
    return Long.parseUnsignedLong(text);
  }

  private static String id(long snowflake) {
    return Long.toUnsignedString(snowflake);
  }

  /**
   * The answer to an interaction, edited with its token.
   *
   * @param token a secret
   * @param expires when the token does
   * @param largestFile bytes of one file, as the interaction said
   */
  record Hook(long applicationId, String token, Instant expires, long largestFile)
      implements DiscordAddress {
    /** Tokens are good for this long (Discord: receiving and responding to interactions). */
    static final Duration VALID = Duration.ofMinutes(15);

    public Hook {
      if (!token.matches("[A-Za-z0-9._=+/-]{1,500}")) {
        throw new IllegalArgumentException("that is no token of an interaction");
      }
    }

    /** For an interaction of this time. */
    static Hook of(long applicationId, String token, Instant created, long largestFile) {
      return new Hook(applicationId, token, created.plus(VALID), largestFile);
    }

    @Override
    public String encode() {
      return String.join(
          ":",
          "h",
          id(applicationId),
          String.valueOf(expires.getEpochSecond()),
          String.valueOf(largestFile),
          token);
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Hook[expires=" + expires + "]";
    }
  }

  /** A message of the bot, edited as the bot. */
  record Message(long channelId, long messageId) implements DiscordAddress {
    @Override
    public String encode() {
      return "m:" + id(channelId) + ":" + id(messageId);
    }
  }

  /**
   * A channel or thread, for a new message.
   *
   * @param userId whom it is for, as nothing else there says it
   */
  record Channel(long channelId, long userId) implements DiscordAddress {
    @Override
    public String encode() {
      return "c:" + id(channelId) + ":" + id(userId);
    }
  }

  /** A person, for a new direct message. */
  record Dm(long userId) implements DiscordAddress {
    @Override
    public String encode() {
      return "d:" + id(userId);
    }
  }
}
