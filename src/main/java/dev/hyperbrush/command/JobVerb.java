package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import java.util.Optional;

/**
 * A verb about a job, whose button stands for the job's number behind it; with an index, for that
 * picture of the job, counted from 1.
 */
interface JobVerb extends Verb {
  @Override
  default Optional<String> pressed(ActionId action) {
    return Optional.of(action.index() == 0 ? "" + action.id() : action.id() + " " + action.index());
  }
}
