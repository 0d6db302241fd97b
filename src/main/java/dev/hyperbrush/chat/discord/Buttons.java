package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.dv8tion.jda.api.components.buttons.ButtonStyle;

/**
 * The buttons of one message: no two of them do the same, as Discord refuses a message in which two
 * have the same id. Owned by one thread.
 */
final class Buttons {
  static final int IN_A_ROW = 5;

  private static final Set<String> DANGEROUS =
      Set.of(
          "delete",
          "forget-me",
          "unlink",
          "policy remove",
          "preset delete",
          "review reject",
          "ban");

  private static final Set<String> USUAL =
      Set.of("again", "review approve", "preset approve", "remix");

  private final Set<ActionId> used = new HashSet<>();

  /** In rows; those that do the same with one picture each stay together. */
  static List<List<Button>> rows(List<Button> all) {
    List<List<Button>> rows = new ArrayList<>();
    for (List<Button> group : groups(all)) {
      if (rows.isEmpty() || rows.getLast().size() + group.size() > IN_A_ROW) {
        rows.add(new ArrayList<>());
      }
      rows.getLast().addAll(group);
    }
    return rows;
  }

  private static List<List<Button>> groups(List<Button> all) {
    List<List<Button>> groups = new ArrayList<>();
    String verb = "";
    for (Button button : all) {
      boolean alike = button.action().verb().equals(verb);
      if (!alike || groups.getLast().size() == IN_A_ROW) {
        groups.add(new ArrayList<>());
      }
      verb = button.action().verb();
      groups.getLast().add(button);
    }
    return groups;
  }

  /** Those that the message does not have yet. */
  List<net.dv8tion.jda.api.components.buttons.Button> fresh(List<Button> buttons) {
    List<net.dv8tion.jda.api.components.buttons.Button> fresh = new ArrayList<>();
    for (Button button : buttons) {
      if (used.add(button.action())) {
        fresh.add(shown(button));
      }
    }
    return fresh;
  }

  /** Of these, how many it does not have yet. */
  int countFresh(List<Button> buttons) {
    return (int)
        buttons.stream()
            .map(Button::action)
            .distinct()
            .filter(action -> !used.contains(action))
            .count();
  }

  private static net.dv8tion.jda.api.components.buttons.Button shown(Button button) {
    String label =
        Markdown.plain(
            button.label(), net.dv8tion.jda.api.components.buttons.Button.LABEL_MAX_LENGTH);
    return net.dv8tion.jda.api.components.buttons.Button.of(
        style(button.action().verb()),
        button.action().encode(),
        label.isBlank() ? Markdown.CUT : label);
  }

  private static ButtonStyle style(String verb) {
    if (DANGEROUS.contains(verb)) {
      return ButtonStyle.DANGER;
    }
    return USUAL.contains(verb) ? ButtonStyle.PRIMARY : ButtonStyle.SECONDARY;
  }
}
