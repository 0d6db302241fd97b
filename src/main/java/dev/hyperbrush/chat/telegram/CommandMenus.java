package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.Usage;
import dev.hyperbrush.generation.Sha256;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.TelegramMenuDao;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.telegram.telegrambots.meta.api.methods.commands.SetMyCommands;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScope;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScopeAllChatAdministrators;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScopeAllGroupChats;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScopeDefault;

/**
 * The lists of commands that Telegram offers while people type: for everybody, for groups and for
 * their administrators, in every language. They show and forbid nothing. Immutable.
 */
final class CommandMenus {
  private static final int MOST_COMMANDS = 100;
  private static final int LONGEST_DESCRIPTION = 256;

  private final List<Usage> verbs;

  CommandMenus(List<Usage> verbs) {
    this.verbs = List.copyOf(verbs);
  }

  /**
   * A list to set.
   *
   * @param name of its scope and language
   * @param digest of what is in it
   */
  record Menu(String name, String digest, SetMyCommands call) {
    /** Whether that is what was last set. */
    boolean isSet(TelegramMenuDao known) {
      return known.digest(name).filter(digest::equals).isPresent();
    }
  }

  /** Every list; English without a language stands for all that have none. */
  List<Menu> all() {
    List<Menu> menus = new ArrayList<>();
    for (Locale language : Texts.LANGUAGES) {
      menus.add(menu("default", new BotCommandScopeDefault(), language, CommandMenus::isForAll));
      menus.add(
          menu(
              "groups",
              new BotCommandScopeAllGroupChats(),
              language,
              usage -> isForAll(usage) && usage.audience() != Audience.ONLY_ASKER));
      menus.add(
          menu(
              "administrators",
              new BotCommandScopeAllChatAdministrators(),
              language,
              usage -> usage.permission() != Permission.OPERATOR));
    }
    return menus;
  }

  private static boolean isForAll(Usage usage) {
    return usage.permission() == Permission.EVERYBODY;
  }

  private Menu menu(String name, BotCommandScope scope, Locale language, Predicate<Usage> listed) {
    List<BotCommand> commands =
        verbs.stream()
            .filter(listed)
            .limit(MOST_COMMANDS)
            .map(usage -> command(language, usage))
            .toList();
    boolean isDefault = language.equals(Locale.ENGLISH);
    String code = isDefault ? "" : language.getLanguage();
    return new Menu(
        name + ":" + code,
        digest(commands),
        new SetMyCommands(commands, scope, isDefault ? null : code));
  }

  private static BotCommand command(Locale language, Usage usage) {
    String description = Texts.get(language, usage.textKey());
    return new BotCommand(
        VerbNames.command(usage.name()), TelegramHtml.cut(description, LONGEST_DESCRIPTION));
  }

  private static String digest(List<BotCommand> commands) {
    StringBuilder all = new StringBuilder();
    commands.forEach(command ->
        all.append(command.getCommand()).append(' ').append(command.getDescription()).append('\n'));
    return Sha256.of(all.toString());
  }
}
