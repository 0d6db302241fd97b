package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.chat.telegram.CommandMenus.Menu;
import dev.hyperbrush.store.TelegramMenuDao;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;
import org.telegram.telegrambots.meta.exceptions.TelegramApiValidationException;

final class CommandMenusTest {
  @Test
  void listsVerbsAsTelegramTakesThem(@TempDir Path data) throws TelegramApiValidationException {
    try (ChatWorld world = new ChatWorld(data)) {
      List<Menu> menus = new CommandMenus(world.commands.verbs()).all();
      assertThat(menus).hasSize(3 * 7).extracting(Menu::name).doesNotHaveDuplicates();
      for (Menu menu : menus) {
        menu.call().validate();
        assertThat(menu.call().getCommands()).hasSizeBetween(10, 100);
        assertThat(menu.call().getCommands())
            .allSatisfy(command -> {
              assertThat(command.getCommand()).matches("[a-z0-9_]{1,32}");
              assertThat(command.getDescription()).hasSizeBetween(1, 256);
            })
            .extracting(BotCommand::getCommand)
            .doesNotHaveDuplicates();
      }
      assertThat(names(menus, "default:")).contains("imagine", "preset_save", "forget_me");
      assertThat(names(menus, "default:de")).doesNotContain("ban").doesNotContain("admin_status");
      assertThat(names(menus, "groups:zh")).contains("imagine").doesNotContain("forget_me");
      assertThat(names(menus, "administrators:ja")).contains("ban").doesNotContain("admin_status");
      TelegramMenuDao known = new TelegramMenuDao(world.database, 1);
      Menu first = menus.getFirst();
      assertThat(first.isSet(known)).isFalse();
      known.set(first.name(), first.digest());
      assertThat(first.isSet(known)).isTrue();
    }
  }

  private static List<String> names(List<Menu> menus, String name) {
    return menus.stream()
        .filter(menu -> menu.name().equals(name))
        .flatMap(menu -> menu.call().getCommands().stream())
        .map(BotCommand::getCommand)
        .toList();
  }
}
