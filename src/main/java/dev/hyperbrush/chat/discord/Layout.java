package dev.hyperbrush.chat.discord;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Texts;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.dv8tion.jda.api.components.MessageTopLevelComponent;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.filedisplay.FileDisplay;
import net.dv8tion.jda.api.components.section.Section;
import net.dv8tion.jda.api.components.textdisplay.TextDisplay;
import net.dv8tion.jda.api.components.utils.ComponentIterator;
import net.dv8tion.jda.api.utils.FileUpload;

/**
 * A message as it grows, within Discord's limits: 40 components, 4,000 characters, no button twice.
 * Of what does not fit the beginning is shown, and the whole comes as a file. Owned by one thread.
 */
final class Layout {
  static final int MOST_COMPONENTS = 40;
  static final int MOST_CHARACTERS = 4000;

  /** Kept for the line that says that something was cut, and for the file. */
  private static final int CUT_COMPONENTS = 2;

  private static final int CUT_CHARACTERS = 200;

  /** Shorter beginnings than this tell nothing. */
  private static final int FEW_CHARACTERS = 16;

  private static final String BLANK = "\u200B";

  private final Buttons buttons = new Buttons();
  private final List<MessageTopLevelComponent> body = new ArrayList<>();
  private final List<MessageTopLevelComponent> bottom = new ArrayList<>();
  private int components = MOST_COMPONENTS - CUT_COMPONENTS;
  private int characters = MOST_CHARACTERS - CUT_CHARACTERS;
  private boolean cut;

  /** Below all else, and so to be set first: they are what must not be missing. */
  void bottom(List<Button> all) {
    for (List<Button> row : Buttons.rows(all)) {
      int room = Math.clamp(components - 1L, 0, row.size());
      var fresh = buttons.fresh(row.subList(0, room));
      cut |= room < row.size();
      if (!fresh.isEmpty()) {
        take(bottom, ActionRow.of(fresh));
      }
    }
  }

  /** What somebody may have written. */
  void text(String text) {
    text(text, characters);
  }

  private void text(String text, int limit) {
    if (!text.isBlank()) {
      markdown(escaped(text, limit));
    }
  }

  /** Small lines, each cut to a few hundred characters. */
  void small(List<String> lines) {
    List<String> shown = new ArrayList<>();
    int room = characters;
    for (String line : lines) {
      String prefix = "-# ";
      int limit = Math.min(room - prefix.length() - 1, 600);
      if (limit < FEW_CHARACTERS) {
        cut = true;
        break;
      }
      shown.add(prefix + Markdown.line(line, limit));
      room -= shown.getLast().length() + 1;
    }
    markdown(String.join("\n", shown));
  }

  /** Of our own making, within what {@link #characters} says. */
  void markdown(String markdown) {
    if (!markdown.isBlank()) {
      add(TextDisplay.of(markdown));
    }
  }

  /** A line, beside it the button if there is room; says whether it has got one. */
  boolean line(String text, Button button) {
    if (components < 3 || buttons.countFresh(List.of(button)) == 0) {
      return false;
    }
    String line = Markdown.line(text, Math.max(FEW_CHARACTERS, Math.min(characters, 300)));
    if (characters < line.length() || line.isBlank()) {
      return false;
    }
    var fresh = buttons.fresh(List.of(button)).getFirst();
    return add(Section.of(fresh, TextDisplay.of(line)));
  }

  /** Adds it if there is room; else something is cut. */
  boolean add(MessageTopLevelComponent part) {
    if (size(part) > components || length(part) > characters) {
      cut = true;
      return false;
    }
    take(body, part);
    return true;
  }

  /** Things with their buttons, as blocks where there is room for all. */
  void cards(List<Card> cards) {
    int asBlocks =
        cards.stream().mapToInt(card -> 2 + rowSize(buttons.countFresh(card.buttons()))).sum();
    new CardLayout(this, buttons, asBlocks <= components).add(cards);
  }

  private static int rowSize(int count) {
    return count == 0 ? 0 : count + Math.ceilDiv(count, Buttons.IN_A_ROW);
  }

  /** Escaped and cut to what there is room for. */
  String escaped(String text, int limit) {
    int room = Math.min(limit, characters);
    if (room < FEW_CHARACTERS) {
      cut = true;
      return "";
    }
    String shown = Markdown.escape(text, room);
    cut |= shown.length() < Markdown.escape(text).length();
    return shown;
  }

  /** Says that something is missing. */
  void cut() {
    cut = true;
  }

  int components() {
    return components;
  }

  int characters() {
    return characters;
  }

  /**
   * All of it.
   *
   * @param whole in words, for the file that is added when something is missing
   */
  DiscordMessage build(Locale locale, String whole) {
    List<MessageTopLevelComponent> all = new ArrayList<>(body);
    if (cut && !whole.isBlank()) {
      byte[] file = Markdown.clean(whole).getBytes(UTF_8);
      all.add(TextDisplay.of("-# " + Texts.get(locale, "discord.cut")));
      all.add(
          FileDisplay.fromFile(
              FileUpload.fromStreamSupplier("answer.txt", () -> new ByteArrayInputStream(file))));
    }
    all.addAll(bottom);
    if (all.isEmpty()) {
      all.add(TextDisplay.of(BLANK));
    }
    return new DiscordMessage(all);
  }

  private void take(List<MessageTopLevelComponent> where, MessageTopLevelComponent part) {
    components -= size(part);
    characters -= length(part);
    where.add(part);
  }

  private static int size(MessageTopLevelComponent part) {
    return (int) ComponentIterator.createStream(List.of(part)).count();
  }

  private static int length(MessageTopLevelComponent part) {
    return ComponentIterator.createStream(List.of(part))
        .filter(TextDisplay.class::isInstance)
        .mapToInt(text -> ((TextDisplay) text).getContent().length())
        .sum();
  }
}
