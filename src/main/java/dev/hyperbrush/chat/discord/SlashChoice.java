package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Texts;
import java.util.Locale;
import net.dv8tion.jda.api.interactions.commands.Command.Choice;

/** One of the values of an option, called by a word of the person's language where there is one. */
final class SlashChoice {
  static Choice of(String option, String value) {
    String key = "choice." + option + "." + value;
    return Texts.has(key)
        ? new Choice(Texts.get(Locale.ENGLISH, key), value)
            .setNameLocalizations(DiscordLanguages.all(language -> Texts.get(language, key)))
        : new Choice(value, value);
  }

  private SlashChoice() {}
}
