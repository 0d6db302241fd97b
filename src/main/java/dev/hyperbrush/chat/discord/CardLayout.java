package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import java.util.ArrayList;
import java.util.List;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.container.Container;
import net.dv8tion.jda.api.components.container.ContainerChildComponent;
import net.dv8tion.jda.api.components.section.Section;
import net.dv8tion.jda.api.components.textdisplay.TextDisplay;
import net.dv8tion.jda.api.components.thumbnail.Thumbnail;

/**
 * Lays out cards: as blocks, or where that takes too many components, as lines with their buttons.
 * Owned by one thread.
 */
final class CardLayout {
  /** A card may always have so much, though others come behind it. */
  private static final int SHARE = 200;

  private static final int TITLE = 200;

  /** Of the ten files that a message may have, one is for what is cut. */
  private static final int MOST_PICTURES = 9;

  private final Layout layout;
  private final Buttons buttons;
  private final boolean blocks;
  private int pictures;

  CardLayout(Layout layout, Buttons buttons, boolean blocks) {
    this.layout = layout;
    this.buttons = buttons;
    this.blocks = blocks;
  }

  void add(List<Card> cards) {
    for (int i = 0; i < cards.size(); i++) {
      int share = Math.max(SHARE, layout.characters() / (cards.size() - i));
      add(cards.get(i), share);
    }
  }

  private void add(Card card, int share) {
    String text = text(card, share);
    if (text.isBlank()) {
      layout.cut();
      return;
    }
    int count = Math.min(buttons.countFresh(card.buttons()), Buttons.IN_A_ROW);
    boolean room = layout.components() >= 3 && pictures < MOST_PICTURES;
    if (card.picture().isPresent() && room) {
      pictures++;
      layout.add(Section.of(thumbnail(card.picture().get()), TextDisplay.of(text)));
    } else if (blocks) {
      layout.add(Container.of(block(text, card)));
    } else if (count == 1 && layout.components() >= 3) {
      layout.add(Section.of(buttons.fresh(card.buttons()).getFirst(), TextDisplay.of(text)));
    } else if (count > 1 && layout.components() >= 2 + count) {
      layout.add(TextDisplay.of(text));
      layout.add(ActionRow.of(row(card.buttons())));
    } else {
      if (count > 0) {
        layout.cut();
      }
      layout.add(TextDisplay.of(text));
    }
  }

  private static Thumbnail thumbnail(Attachment picture) {
    return Thumbnail.fromFile(DiscordMessages.upload(picture));
  }

  private List<ContainerChildComponent> block(String text, Card card) {
    List<ContainerChildComponent> parts = new ArrayList<>(List.of(TextDisplay.of(text)));
    List<Button> all = card.buttons();
    for (int i = 0; i < all.size(); i += Buttons.IN_A_ROW) {
      var row = row(all.subList(i, Math.min(all.size(), i + Buttons.IN_A_ROW)));
      if (!row.isEmpty()) {
        parts.add(ActionRow.of(row));
      }
    }
    return parts;
  }

  private List<net.dv8tion.jda.api.components.buttons.Button> row(List<Button> some) {
    return buttons.fresh(some).stream().limit(Buttons.IN_A_ROW).toList();
  }

  private String text(Card card, int share) {
    StringBuilder text = new StringBuilder();
    if (!card.title().isBlank()) {
      text.append("**").append(Markdown.line(card.title(), TITLE)).append("**");
    }
    for (Card.Field field : card.fields()) {
      int room = Math.min(share, layout.characters()) - text.length() - 1;
      String line = layout.escaped(field.name() + ": " + field.value(), room);
      if (line.isEmpty()) {
        break;
      }
      text.append(text.isEmpty() ? "" : "\n").append(line);
    }
    return text.length() <= layout.characters() ? text.toString() : "";
  }
}
