package dev.hyperbrush.fakediscord;

import java.util.Collection;
import java.util.List;

/** What one may do in a channel, by Discord's bits. */
public enum Permission {
  MANAGE_CHANNELS(4),
  ADMINISTRATOR(3),
  MANAGE_GUILD(5),
  VIEW_CHANNEL(10),
  SEND_MESSAGES(11),
  MANAGE_MESSAGES(13),
  EMBED_LINKS(14),
  ATTACH_FILES(15),
  READ_MESSAGE_HISTORY(16),
  MENTION_EVERYONE(17),
  USE_APPLICATION_COMMANDS(31),
  SEND_MESSAGES_IN_THREADS(38),
  MODERATE_MEMBERS(40),
  USE_EXTERNAL_APPS(50);

  /** Of everybody in a server that nobody has changed. */
  static final long USUAL =
      bits(
          List.of(
              VIEW_CHANNEL,
              SEND_MESSAGES,
              EMBED_LINKS,
              ATTACH_FILES,
              READ_MESSAGE_HISTORY,
              USE_APPLICATION_COMMANDS,
              SEND_MESSAGES_IN_THREADS,
              USE_EXTERNAL_APPS));

  static final long ALL = (1L << 53) - 1;

  final long bit;

  Permission(int shift) {
    bit = 1L << shift;
  }

  boolean in(long bits) {
    return (bits & (bit | ADMINISTRATOR.bit)) != 0;
  }

  static long bits(Collection<Permission> permissions) {
    return permissions.stream().mapToLong(permission -> permission.bit).reduce(0, (a, b) -> a | b);
  }
}
