package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import java.util.Optional;

/** A verb about a preset, whose button stands for the preset's number behind it. */
interface PresetVerb extends Verb {
  @Override
  default Optional<String> pressed(ActionId action) {
    return Optional.of("#" + action.id());
  }
}
