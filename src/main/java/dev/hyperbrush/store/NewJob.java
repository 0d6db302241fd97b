package dev.hyperbrush.store;

import dev.hyperbrush.generation.GenerationRequest;
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
 */
public record NewJob(
    long personId,
    Origin origin,
    GenerationRequest request,
    Optional<PictureRef> parent,
    boolean spoiler,
    double weight,
    Route route,
    Optional<Charge> charge) {
  /** Accepted in any case. */
  public NewJob(
      long personId,
      Origin origin,
      GenerationRequest request,
      Optional<PictureRef> parent,
      boolean spoiler,
      double weight,
      Route route) {
    this(personId, origin, request, parent, spoiler, weight, route, Optional.empty());
  }

  /** Neither a variation nor anything else special. */
  public static NewJob plain(long personId, Origin origin, GenerationRequest request) {
    return new NewJob(personId, origin, request, Optional.empty(), false, 1, Route.NONE);
  }

  /** The same, its end told elsewhere. */
  public NewJob told(Route elsewhere) {
    return new NewJob(personId, origin, request, parent, spoiler, weight, elsewhere, charge);
  }

  /** The same, accepted only within these limits. */
  public NewJob within(Charge limits) {
    return new NewJob(
        personId, origin, request, parent, spoiler, weight, route, Optional.of(limits));
  }
}
