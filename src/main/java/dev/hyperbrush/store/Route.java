package dev.hyperbrush.store;

import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the end of a job reaches the person. Immutable.
 *
 * @param language of the answer, as an IETF tag
 * @param ladder destinations in the order to try them; behind the last, the job waits for the
 *     person to ask for it
 */
public record Route(String language, List<Destination> ladder) {
  /** Nowhere: the person asks by themselves. */
  public static final Route NONE = new Route("en", List.of());

  private static final Logger log = LoggerFactory.getLogger(Route.class);

  public Route {
    ladder = List.copyOf(ladder);
  }

  /** As it stands in a row; a job must end even if what another version wrote leads nowhere. */
  static Route read(String json) {
    try {
      return Json.read(json, Route.class);
    } catch (UncheckedIOException e) {
      log.warn("A route cannot be read", e);
      return NONE;
    }
  }
}
