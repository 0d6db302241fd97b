package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.Refusal;
import java.util.Optional;

/** Something people can ask for. Implementations are thread-safe. */
public interface Verb {
  /** The one declaration that every surface is built from. */
  Usage usage();

  /**
   * Does what was asked.
   *
   * @throws Refusal when it cannot be done, with the reason for the person
   */
  Reply run(Call call);

  /** The text behind the verb that a button stands for; empty when the verb has no buttons. */
  default Optional<String> pressed(ActionId action) {
    return Optional.empty();
  }
}
