package dev.hyperbrush.chat.discord;

import java.util.EnumSet;
import java.util.Set;
import net.dv8tion.jda.api.Permission;

/** How the bot gets onto a server, and what it may do there. */
final class Invitation {
  /** What posting pictures and editing one's own messages takes; nothing about others. */
  static final Set<Permission> PERMISSIONS =
      EnumSet.of(
          Permission.VIEW_CHANNEL,
          Permission.MESSAGE_SEND,
          Permission.MESSAGE_SEND_IN_THREADS,
          Permission.MESSAGE_EMBED_LINKS,
          Permission.MESSAGE_ATTACH_FILES,
          Permission.MESSAGE_HISTORY);

  /** Where somebody who manages a server lets the bot in. */
  static String link(String applicationId) {
    return "https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d"
        .formatted(applicationId, Permission.getRaw(PERMISSIONS));
  }

  private Invitation() {}
}
