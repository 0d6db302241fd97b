package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import java.util.Optional;

/** A verb of whoever runs the bot, that takes nothing, typed or pressed. */
interface AdminVerb extends Verb {
  @Override
  default Optional<String> pressed(ActionId action) {
    return Optional.of("");
  }
}
