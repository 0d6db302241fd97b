package dev.hyperbrush.command;

import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Situation;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.Route;
import java.util.Locale;
import java.util.Optional;

/**
 * A verb used by a known person, its arguments read. Owned by one thread.
 *
 * @param situation who asks and where, with the rights they have there
 */
record Call(Invocation invocation, Situation situation, Arguments arguments) {
  Locale locale() {
    return invocation.caller().locale();
  }

  /** Where the answer goes. */
  Origin origin() {
    return situation.origin();
  }

  /** How the end of a job that this asks for reaches the person. */
  Route route() {
    return new Route(locale().toLanguageTag(), invocation.caller().ladder());
  }

  /** What the platform numbers this, where it may hand in the same twice. */
  Optional<String> request() {
    return invocation.caller().request();
  }

  /** Who asks, the same on every platform. */
  long personId() {
    return situation.personId();
  }

  /** The text behind the verb as the number of a job, or of one picture of it. */
  PictureChoice picture() {
    return PictureChoice.read(arguments.text()).orElseThrow(this::noNumber);
  }

  /** The text behind the verb as the number of a job, and nothing else. */
  long jobId() {
    return PictureChoice.read(arguments.text())
        .filter(choice -> choice.number().isEmpty())
        .orElseThrow(this::noNumber)
        .jobId();
  }

  /** That what stands behind the verb is no number. */
  Refusal noNumber() {
    return new Refusal(ReasonCode.JOB_ID_NEEDED, Shown.brief(arguments.text()), invocation.verb());
  }
}
