package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.Permission;

/** Whether a picture could be posted where it is asked for, before it is drawn. */
final class Preflight {
  private static final Map<Permission, String> NAMES =
      Map.of(
          Permission.VIEW_CHANNEL, "discord.permission.view",
          Permission.MESSAGE_SEND, "discord.permission.send",
          Permission.MESSAGE_SEND_IN_THREADS, "discord.permission.threads",
          Permission.MESSAGE_EMBED_LINKS, "discord.permission.embed",
          Permission.MESSAGE_ATTACH_FILES, "discord.permission.attach");

  /** Why not; empty when it could. Where the bot only answers, Discord lets it. */
  static Optional<Phrase> refusal(InteractionFacts facts, Locale locale) {
    if (!facts.present() || facts.server().isEmpty()) {
      return Optional.empty();
    } else if (facts.closed()) {
      return Optional.of(Phrase.of(ReasonCode.DISCORD_THREAD_CLOSED));
    }
    List<Permission> missing =
        needed(facts).stream()
            .filter(permission -> (facts.permissions() & permission.getRawValue()) == 0)
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(Phrase.of(ReasonCode.DISCORD_PERMISSION_MISSING, names(missing, locale)));
  }

  /** Whoever is an administrator may do everything: Discord sets all bits then. */
  private static List<Permission> needed(InteractionFacts facts) {
    return List.of(
        Permission.VIEW_CHANNEL,
        facts.thread() ? Permission.MESSAGE_SEND_IN_THREADS : Permission.MESSAGE_SEND,
        Permission.MESSAGE_EMBED_LINKS,
        Permission.MESSAGE_ATTACH_FILES);
  }

  /** As Discord's own settings call them. */
  private static String names(List<Permission> missing, Locale locale) {
    return missing.stream()
        .map(permission -> Texts.get(locale, NAMES.getOrDefault(permission, "")))
        .collect(Collectors.joining(", "));
  }

  private Preflight() {}
}
