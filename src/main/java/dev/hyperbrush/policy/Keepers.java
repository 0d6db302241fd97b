package dev.hyperbrush.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.ModeratorDao;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.Realm;
import java.time.Duration;

/**
 * Who keeps order where. What a platform says it says only of who is asking, so that is remembered.
 * Thread-safe.
 */
public final class Keepers {
  private final ModerationSettings settings;
  private final ModeratorDao seen;
  private final PersonLookup people;

  /** What was last seen, so that the database is asked once in a while and not each time. */
  private final Cache<Sight, Boolean> lately =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofHours(1)).build();

  private record Sight(Realm realm, long personId) {}

  public Keepers(ModerationSettings settings, ModeratorDao seen, PersonLookup people) {
    this.settings = settings;
    this.seen = seen;
    this.people = people;
  }

  /** Somebody is here, with these rights. */
  public void see(Situation situation) {
    Realm here = Realm.around(situation.origin());
    if (!here.isEverywhere()) {
      see(new Sight(here, situation.personId()), situation.may(Permission.MODERATOR));
    }
    see(new Sight(Realm.EVERYWHERE, situation.personId()), situation.may(Permission.OPERATOR));
  }

  private void see(Sight sight, boolean keeper) {
    Boolean before = lately.getIfPresent(sight);
    if (before == null || before != keeper) {
      seen.remember(sight.realm(), sight.personId(), keeper);
      lately.put(sight, keeper);
    }
  }

  /** Whether somebody runs the program, as far as is known. */
  public boolean isOperator(long personId) {
    return seen.isKnown(Realm.EVERYWHERE, personId)
        || people.identities(personId).stream()
            .map(KnownPerson::identity)
            .anyMatch(settings.operators()::contains);
  }

  /** Whether somebody keeps order on a server, as far as is known. */
  public boolean isModerator(Realm realm, long personId) {
    return seen.isKnown(realm, personId);
  }
}
