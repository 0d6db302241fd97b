package dev.hyperbrush.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.policy.ContentRule.Exceptions;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.Realm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The content rules in force, compiled once for each realm. A change made here holds at once, one
 * made by another process after {@link #STALE} at most. Thread-safe.
 */
public final class ContentRules {
  /** For so long nobody asks the database whether the rules have changed. */
  static final Duration STALE = Duration.ofSeconds(2);

  private static final int MOST_REALMS = 1000;

  private final RuleBook rules;
  private final PersonLookup people;
  private final InstantSource clock;
  private final Cache<Realm, Compiled> compiled =
      Caffeine.newBuilder().maximumSize(MOST_REALMS).build();

  /** Rules, and when it was last looked whether they are still the same. */
  private record Compiled(String state, RuleSet rules, Instant checked) {}

  public ContentRules(RuleBook rules, PersonLookup people, InstantSource clock) {
    this.rules = rules;
    this.people = people;
    this.clock = clock;
  }

  /** What the rules that hold for somebody somewhere make of a request. */
  public Judgement judge(GenerationRequest request, Situation situation) {
    Realm here = Realm.around(situation.origin());
    RuleSet everywhere = in(Realm.EVERYWHERE);
    List<RuleSet> sets = here.isEverywhere() ? List.of(everywhere) : List.of(everywhere, in(here));
    if (sets.stream().allMatch(set -> set.size() == 0)) {
      return Judgement.untouched(request);
    }
    return new Judging(sets, rule -> holds(rule, situation), situation.ageRestricted(), request)
        .judge();
  }

  /** Looks anew at all rules: somebody has changed some. */
  public void changed() {
    compiled.invalidateAll();
  }

  private RuleSet in(Realm realm) {
    Compiled known = compiled.getIfPresent(realm);
    if (known == null || known.checked().plus(STALE).isBefore(clock.instant())) {
      known = compiled.asMap().compute(realm, (_, old) -> newest(realm, Optional.ofNullable(old)));
    }
    return known.rules();
  }

  private Compiled newest(Realm realm, Optional<Compiled> old) {
    Instant now = clock.instant();
    // Before the rules: a change in between is seen again, and not missed.
    String state = rules.state(realm);
    RuleSet newest =
        old.filter(known -> known.state().equals(state))
            .map(Compiled::rules)
            .orElseGet(() -> RuleSet.compile(rules.of(realm)));
    return new Compiled(state, newest, now);
  }

  private boolean holds(ContentRule rule, Situation situation) {
    Origin origin = situation.origin();
    Exceptions except = rule.bounds().exceptions();
    return rule.bounds().channel().map(origin.channel()::equals).orElse(true)
        && rule.bounds().role().map(situation.roles()::contains).orElse(true)
        && !except.channels().contains(origin.channel())
        && Collections.disjoint(except.roles(), situation.roles())
        && (except.people().isEmpty() || !isExcepted(except, situation.personId()));
  }

  private boolean isExcepted(Exceptions except, long personId) {
    return people.identities(personId).stream()
        .map(KnownPerson::identity)
        .anyMatch(except.people()::contains);
  }
}
