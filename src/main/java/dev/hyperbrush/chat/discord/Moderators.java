package dev.hyperbrush.chat.discord;

import net.dv8tion.jda.api.Permission;

/**
 * Who is a moderator on Discord: whoever may manage the server or time its members out. Both are
 * rights on the whole server, which no channel can give; as ours hold on the whole server too.
 */
final class Moderators {
  /** Commands of moderators are offered to whoever has this; servers may offer them to others. */
  static final Permission SHOWN_TO = Permission.MODERATE_MEMBERS;

  private static final long RIGHTS =
      Permission.getRaw(
          Permission.ADMINISTRATOR, Permission.MANAGE_SERVER, Permission.MODERATE_MEMBERS);

  /** Whether somebody with these of Discord's rights is one. */
  static boolean isOne(long rights) {
    return (rights & RIGHTS) != 0;
  }

  private Moderators() {}
}
