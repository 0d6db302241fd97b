package dev.hyperbrush.chat.discord;

import dev.hyperbrush.command.Usage;
import dev.hyperbrush.policy.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.dv8tion.jda.api.interactions.IntegrationType;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.interactions.commands.build.SubcommandData;

/**
 * The commands that Discord offers, made of the declarations of the verbs. A verb of two words is a
 * subcommand; where the first of them is a verb too, that becomes the subcommand {@code list}, as
 * Discord knows no command that has subcommands and can be used alone.
 */
final class SlashCommands {
  /** What a verb is called beside the subcommands of its name. */
  static final String ALONE = "list";

  private final List<Usage> verbs;

  SlashCommands(List<Usage> verbs) {
    this.verbs = List.copyOf(verbs);
  }

  /** All of them, and those for messages. */
  List<CommandData> all() {
    Map<String, List<Usage>> families = new LinkedHashMap<>();
    verbs.forEach(
        usage -> families.computeIfAbsent(first(usage.name()), _ -> new ArrayList<>()).add(usage));
    List<CommandData> all = new ArrayList<>();
    families.forEach((name, family) -> all.add(command(name, family)));
    for (MessageCommand command : MessageCommand.values()) {
      all.add(command.data());
    }
    return all;
  }

  /** The verb that a command stands for, its words as Discord has them, with spaces. */
  String verb(String command) {
    boolean alone = command.endsWith(" " + ALONE) && verbs.stream().noneMatch(is(command));
    return alone ? first(command) : command;
  }

  private static Predicate<Usage> is(String name) {
    return usage -> usage.name().equals(name);
  }

  private static String first(String name) {
    int space = name.indexOf(' ');
    return space < 0 ? name : name.substring(0, space);
  }

  private static SlashCommandData command(String name, List<Usage> family) {
    Usage only = family.getFirst();
    boolean single = family.size() == 1 && only.name().equals(name);
    String key = single ? only.textKey() : "family." + name;
    SlashCommandData command =
        Commands.slash(name, SlashOption.description(Locale.ENGLISH, key))
            .setDescriptionLocalizations(
                DiscordLanguages.all(language -> SlashOption.description(language, key)));
    if (single) {
      command.addOptions(options(only));
    } else {
      family.forEach(usage -> command.addSubcommands(subcommand(name, usage)));
    }
    Permission needed =
        family.stream().map(Usage::permission).min(Comparator.naturalOrder()).orElseThrow();
    return allowed(command, needed);
  }

  private static SlashCommandData allowed(SlashCommandData command, Permission needed) {
    return switch (needed) {
      case EVERYBODY ->
          command.setContexts(InteractionContextType.ALL).setIntegrationTypes(IntegrationType.ALL);
      case MODERATOR ->
          command
              .setDefaultPermissions(DefaultMemberPermissions.enabledFor(Moderators.SHOWN_TO))
              .setContexts(InteractionContextType.GUILD)
              .setIntegrationTypes(IntegrationType.GUILD_INSTALL);
      case OPERATOR ->
          command
              .setDefaultPermissions(DefaultMemberPermissions.DISABLED)
              .setContexts(InteractionContextType.GUILD, InteractionContextType.BOT_DM)
              .setIntegrationTypes(IntegrationType.GUILD_INSTALL);
    };
  }

  private static SubcommandData subcommand(String family, Usage usage) {
    String name = usage.name().equals(family) ? ALONE : usage.name().substring(family.length() + 1);
    return new SubcommandData(name, SlashOption.description(Locale.ENGLISH, usage.textKey()))
        .setDescriptionLocalizations(
            DiscordLanguages.all(language -> SlashOption.description(language, usage.textKey())))
        .addOptions(options(usage));
  }

  /** The text behind the verb, then what most people want, then what Discord can help with. */
  private static Collection<OptionData> options(Usage usage) {
    List<OptionData> all = new ArrayList<>();
    if (!usage.argument().isEmpty()) {
      all.add(SlashOption.argument(usage));
    }
    usage.options().stream()
        .filter(option -> !option.name().equals(usage.argument()))
        .sorted(Comparator.comparing(option -> !option.common()))
        .map(SlashOption::of)
        .forEach(all::add);
    return all.size() <= CommandData.MAX_OPTIONS ? all : shortened(usage, all);
  }

  /** Beside the options that there is room for, one for the flags of the rest. */
  private static List<OptionData> shortened(Usage usage, List<OptionData> all) {
    boolean typed = usage.argument().isEmpty();
    Stream<OptionData> kept =
        all.stream()
            .sorted(Comparator.comparing(option -> !isPicked(option)))
            .limit(CommandData.MAX_OPTIONS - (typed ? 1 : 0));
    List<OptionData> fitting = new ArrayList<>(kept.toList());
    fitting.sort(Comparator.comparingInt(all::indexOf));
    if (typed) {
      fitting.add(SlashOption.flags());
    }
    return fitting;
  }

  private static boolean isPicked(OptionData option) {
    return option.isRequired()
        || option.getType() == OptionType.CHANNEL
        || option.getType() == OptionType.ROLE;
  }
}
