package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.Kind;
import dev.hyperbrush.command.Option;
import dev.hyperbrush.command.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;

/**
 * What can be said to a verb, as an option of a slash command: of the type that Discord checks and
 * completes best, and of text where a number would be too large for it.
 */
final class SlashOption {
  /** The name of the option that takes the flags there is no room for. */
  static final String FLAGS = "flags";

  private static final long EXACT = 1L << 53;
  private static final int LONGEST_TEXT = 6000;
  private static final Map<String, OptionType> PICKED =
      Map.of(
          "channel", OptionType.CHANNEL,
          "except-channel", OptionType.CHANNEL,
          "role", OptionType.ROLE,
          "except-role", OptionType.ROLE,
          "except-person", OptionType.USER,
          "person", OptionType.USER);

  /** What somebody here may have many of, so that it is looked up while they type. */
  private static final Set<String> LOOKED_UP =
      Set.of(
          "picture", "id", "preset", "command", "model", "models", "lora", "loras", "schedulers");

  /** The text behind a verb. */
  static OptionData argument(Usage usage) {
    String name = usage.argument();
    OptionData data =
        new OptionData(
            PICKED.getOrDefault(name, OptionType.STRING),
            name,
            description(Locale.ENGLISH, "argument." + name),
            usage.argumentNeeded());
    if (data.getType() == OptionType.STRING) {
      data.setMaxLength(LONGEST_TEXT).setAutoComplete(LOOKED_UP.contains(name));
    }
    return localized(data, "argument." + name);
  }

  /** The flags that Discord has no room for. */
  static OptionData flags() {
    String key = "discord.flags";
    OptionData data =
        new OptionData(OptionType.STRING, FLAGS, description(Locale.ENGLISH, key))
            .setMaxLength(LONGEST_TEXT);
    return localized(data, key);
  }

  /** An option. */
  static OptionData of(Option<?> option) {
    OptionData data =
        new OptionData(type(option), option.name(), description(Locale.ENGLISH, option.textKey()));
    switch (option.kind()) {
      case Kind.Whole(long min, long max) when data.getType() == OptionType.INTEGER ->
          data.setRequiredRange(min, max);
      case Kind.Decimal(double min, double max) -> data.setRequiredRange(min, max);
      case Kind.Lora _ -> data.setAutoComplete(true);
      case Kind.Name _ when LOOKED_UP.contains(option.name()) || option.repeatable() ->
          data.setAutoComplete(true);
      case Kind.Name names -> choices(data, option.name(), names);
      default -> {
        if (data.getType() == OptionType.STRING) {
          data.setMaxLength(LONGEST_TEXT).setAutoComplete(LOOKED_UP.contains(option.name()));
        }
      }
    }
    return localized(data, option.textKey());
  }

  private static OptionType type(Option<?> option) {
    return switch (option.kind()) {
      case Kind.Switch _, Kind.OnOff _ -> OptionType.BOOLEAN;
      case Kind.Decimal _ -> OptionType.NUMBER;
      case Kind.Whole(long min, long max) ->
          min > -EXACT && max < EXACT ? OptionType.INTEGER : OptionType.STRING;
      case Kind.Word _, Kind.Id _ -> PICKED.getOrDefault(option.name(), OptionType.STRING);
      default -> OptionType.STRING;
    };
  }

  private static void choices(OptionData data, String option, Kind.Name names) {
    List<String> all = names.choices().get();
    boolean fits =
        all.size() <= OptionData.MAX_CHOICES
            && all.stream()
                .allMatch(
                    name -> !name.isEmpty() && name.length() <= OptionData.MAX_CHOICE_NAME_LENGTH);
    if (fits) {
      all.forEach(name -> data.addChoices(SlashChoice.of(option, name)));
    } else {
      data.setAutoComplete(true);
    }
  }

  private static OptionData localized(OptionData data, String key) {
    return data.setDescriptionLocalizations(
        DiscordLanguages.all(language -> description(language, key)));
  }

  /** A description that Discord takes; the texts are short enough, a test holds them to it. */
  static String description(Locale language, String key) {
    String text = Texts.get(language, key);
    int most = OptionData.MAX_DESCRIPTION_LENGTH;
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private SlashOption() {}
}
