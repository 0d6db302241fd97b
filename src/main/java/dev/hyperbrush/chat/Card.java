package dev.hyperbrush.chat;

import java.util.List;

/**
 * One thing of an answer that lists things: a preset, a rule, a change. Surfaces with room show it
 * as a block with its buttons; others show its lines as text. Immutable.
 *
 * @param title in a few words
 * @param fields what is to know about it, in order
 * @param buttons what can be done with it
 */
public record Card(String title, List<Field> fields, List<Button> buttons) {
  public Card {
    fields = List.copyOf(fields);
    buttons = List.copyOf(buttons);
  }

  /** One fact, its name translated. */
  public record Field(String name, String value) {}
}
