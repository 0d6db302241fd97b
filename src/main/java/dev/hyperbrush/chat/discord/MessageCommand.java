package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Texts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import net.dv8tion.jda.api.interactions.IntegrationType;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.interactions.commands.build.Commands;

/** What the menu of a message offers for a picture of the bot. */
enum MessageCommand {
  /** Opens a form with what the picture was drawn from. */
  USE_SETTINGS("remix"),
  VARY("vary"),
  REPORT("report");

  private final String verb;

  MessageCommand(String verb) {
    this.verb = verb;
  }

  /** The verb that it stands for. */
  String verb() {
    return verb;
  }

  /** The one that Discord calls so. */
  static Optional<MessageCommand> named(String name) {
    return Arrays.stream(values()).filter(one -> one.title(Locale.ENGLISH).equals(name)).findAny();
  }

  CommandData data() {
    CommandData data =
        Commands.message(title(Locale.ENGLISH))
            .setNameLocalizations(DiscordLanguages.all(this::title));
    return this == REPORT
        ? data.setContexts(InteractionContextType.GUILD)
            .setIntegrationTypes(IntegrationType.GUILD_INSTALL)
        : data.setContexts(InteractionContextType.ALL).setIntegrationTypes(IntegrationType.ALL);
  }

  private String title(Locale language) {
    return Texts.get(language, "menu." + verb);
  }
}
