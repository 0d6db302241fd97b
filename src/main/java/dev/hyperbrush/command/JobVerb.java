package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import java.util.Optional;

/** A verb about a job, whose button stands for the job's number behind it. */
interface JobVerb extends Verb {
  @Override
  default Optional<String> pressed(ActionId action) {
    return Optional.of(String.valueOf(action.id()));
  }
}
