package dev.hyperbrush.command;

import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.policy.Permission;
import java.util.List;
import java.util.Set;

/**
 * What can be said to a verb: {@code /name <argument> --options}. Its description is the text
 * {@code verb.NAME}. Immutable.
 *
 * @param name what people type behind the slash: one word, or two as in {@code preset save}
 * @param argument name of the text behind the verb, empty when it takes none
 * @param argumentNeeded whether the verb means nothing without it
 * @param options in the order to show them
 * @param permission who may use it
 * @param evenBanned whether people may use it who are banned from drawing
 * @param audience for whom the answer is; a refusal is for whoever asked
 * @param draws whether it makes a job, whose pictures will be posted where it was asked for
 * @param later flags that people know from elsewhere and that this version does not have yet
 */
public record Usage(
    String name,
    String argument,
    boolean argumentNeeded,
    List<Option<?>> options,
    Permission permission,
    boolean evenBanned,
    Audience audience,
    boolean draws,
    Set<String> later) {
  public Usage {
    options = List.copyOf(options);
    later = Set.copyOf(later);
  }

  /** A verb that takes nothing. */
  static Usage of(String name) {
    return new Usage(
        name, "", false, List.of(), Permission.EVERYBODY, false, Audience.ASKER, false, Set.of());
  }

  Usage needs(String what) {
    return new Usage(name, what, true, options, permission, evenBanned, audience, draws, later);
  }

  Usage takes(String what) {
    return new Usage(name, what, false, options, permission, evenBanned, audience, draws, later);
  }

  Usage with(Option<?>... more) {
    return new Usage(
        name,
        argument,
        argumentNeeded,
        List.of(more),
        permission,
        evenBanned,
        audience,
        draws,
        later);
  }

  Usage notYet(Set<String> flags) {
    return new Usage(
        name, argument, argumentNeeded, options, permission, evenBanned, audience, draws, flags);
  }

  Usage onlyFor(Permission needed) {
    return new Usage(
        name, argument, argumentNeeded, options, needed, evenBanned, audience, draws, later);
  }

  /** For people who are banned from drawing too. */
  Usage evenWhenBanned() {
    return new Usage(
        name, argument, argumentNeeded, options, permission, true, audience, draws, later);
  }

  /** Answered for these. */
  Usage saidTo(Audience whom) {
    return new Usage(
        name, argument, argumentNeeded, options, permission, evenBanned, whom, draws, later);
  }

  /** Makes a job. */
  Usage drawing() {
    return new Usage(
        name,
        argument,
        argumentNeeded,
        options,
        permission,
        evenBanned,
        Audience.EVERYBODY,
        true,
        later);
  }

  /** Key of the description in the texts. */
  public String textKey() {
    return "verb." + name.replace(' ', '.');
  }
}
