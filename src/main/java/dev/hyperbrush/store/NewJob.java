package dev.hyperbrush.store;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import java.util.List;
import java.util.Optional;

/**
 * A job to be accepted. Immutable.
 *
 * @param request with its seed fixed, so that drawing it again gives the same picture
 * @param parent the picture that this one was made from, as a variation
 * @param spoiler whether the picture is covered until somebody wants to see it
 * @param weight share of the work while others wait too, above 0
 * @param route how its end reaches the person
 * @param charge the limits to accept it within; empty for none
 * @param number what the platform numbers the command, which becomes one job however often it is
 *     handed in; empty where it numbers none
 * @param notices what of the wish had to be changed
 */
public record NewJob(
    long personId,
    Origin origin,
    GenerationRequest request,
    Optional<PictureRef> parent,
    boolean spoiler,
    double weight,
    Route route,
    Optional<Charge> charge,
    Optional<String> number,
    List<Phrase> notices) {
  public NewJob {
    notices = List.copyOf(notices);
  }

  /** Accepted in any case. */
  public NewJob(
      long personId,
      Origin origin,
      GenerationRequest request,
      Optional<PictureRef> parent,
      boolean spoiler,
      double weight,
      Route route) {
    this(
        personId,
        origin,
        request,
        parent,
        spoiler,
        weight,
        route,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Neither a variation nor anything else special. */
  public static NewJob plain(long personId, Origin origin, GenerationRequest request) {
    return new NewJob(personId, origin, request, Optional.empty(), false, 1, Route.NONE);
  }

  /** The same, its end told elsewhere. */
  public NewJob told(Route elsewhere) {
    return new NewJob(
        personId, origin, request, parent, spoiler, weight, elsewhere, charge, number, notices);
  }

  /** The same, accepted only within these limits. */
  public NewJob within(Charge limits) {
    return new NewJob(
        personId,
        origin,
        request,
        parent,
        spoiler,
        weight,
        route,
        Optional.of(limits),
        number,
        notices);
  }

  /** The same, by a command that the platform may hand in again. */
  public NewJob numbered(Optional<String> given) {
    return new NewJob(
        personId, origin, request, parent, spoiler, weight, route, charge, given, notices);
  }

  /** The same, with what the person should know of it from the beginning. */
  public NewJob noticing(List<Phrase> known) {
    return new NewJob(
        personId, origin, request, parent, spoiler, weight, route, charge, number, known);
  }
}
