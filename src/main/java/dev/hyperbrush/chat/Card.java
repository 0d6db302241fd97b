package dev.hyperbrush.chat;

import java.util.List;
import java.util.Optional;

/**
 * One thing of an answer that lists things: a preset, a rule, a change. Surfaces with room show it
 * as a block with its buttons; others show its lines as text. Immutable.
 *
 * @param title in a few words
 * @param fields what is to know about it, in order
 * @param buttons what can be done with it
 * @param picture of it, small; surfaces that cannot show it leave it out
 */
public record Card(
    String title, List<Field> fields, List<Button> buttons, Optional<Attachment> picture) {
  public Card {
    fields = List.copyOf(fields);
    buttons = List.copyOf(buttons);
  }

  /** One without a picture. */
  public Card(String title, List<Field> fields, List<Button> buttons) {
    this(title, fields, buttons, Optional.empty());
  }

  public Card withPicture(Attachment image) {
    return new Card(title, fields, buttons, Optional.of(image));
  }

  /** One fact, its name translated. */
  public record Field(String name, String value) {}
}
