package dev.hyperbrush.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.store.ContentRule;
import dev.hyperbrush.store.ContentRule.Exceptions;
import dev.hyperbrush.store.ContentRuleDao;
import dev.hyperbrush.store.ContentRuleDao.Revision;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
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

  private final ContentRuleDao rules;
  private final PersonDao people;
  private final InstantSource clock;
  private final Cache<Realm, Compiled> compiled =
      Caffeine.newBuilder().maximumSize(MOST_REALMS).build();

  /** Rules as they were found at a revision, and when that was last looked at. */
  private record Compiled(long revision, RuleSet rules, Instant checked) {}

  public ContentRules(ContentRuleDao rules, PersonDao people, InstantSource clock) {
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

  /** Forgets the rules of a realm, which somebody has changed. */
  public void changed(Realm realm) {
    compiled.invalidate(realm);
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
    boolean same = old.filter(known -> known.revision() == rules.revision(realm)).isPresent();
    if (same) {
      return new Compiled(old.get().revision(), old.get().rules(), now);
    }
    Revision found = rules.of(realm);
    return new Compiled(found.number(), RuleSet.compile(found.rules()), now);
  }

  private boolean holds(ContentRule rule, Situation situation) {
    Origin origin = situation.origin();
    Exceptions except = rule.scope().exceptions();
    return rule.scope().channel().map(origin.channel()::equals).orElse(true)
        && rule.scope().role().map(situation.roles()::contains).orElse(true)
        && !except.channels().contains(origin.channel())
        && Collections.disjoint(except.roles(), situation.roles())
        && (except.people().isEmpty()
            || Collections.disjoint(except.people(), people.identities(situation.personId())));
  }
}
