package dev.hyperbrush.policy;

import dev.hyperbrush.store.Realm;
import java.time.Duration;
import java.util.Optional;

/** When there is room again; empty where that is not known. Thread-safe. */
public interface Forecast {
  /** Until the next unfinished job of a person is done. */
  Optional<Duration> untilDone(long personId);

  /** Until the next waiting job of a server is drawn; of everybody for {@link Realm#EVERYWHERE}. */
  Optional<Duration> untilDrawn(Realm server);
}
