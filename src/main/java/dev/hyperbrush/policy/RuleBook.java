package dev.hyperbrush.policy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Author;
import dev.hyperbrush.store.ChangeLog;
import dev.hyperbrush.store.Keyed;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.RuleNumbers;
import dev.hyperbrush.store.TextMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content rules as they are kept. Every change is one transaction and can be taken back by the
 * log of changes. Thread-safe.
 */
public final class RuleBook {
  /** Rules of one realm. */
  static final int MOST_RULES = 5000;

  /** Regular expressions among them: each is another pass over every prompt. */
  static final int MOST_EXPRESSIONS = 100;

  private static final Logger log = LoggerFactory.getLogger(RuleBook.class);

  private final Keyed rows;
  private final RuleNumbers numbers;
  private final ChangeLog changes;

  public RuleBook(Keyed rows, RuleNumbers numbers, ChangeLog changes) {
    this.rows = rows;
    this.numbers = numbers;
    this.changes = changes;
  }

  /** The rules of a realm, oldest first. */
  public List<ContentRule> of(Realm realm) {
    return rows.of(scope(realm)).stream()
        .flatMap(row -> rule(realm, row).stream())
        .sorted(Comparator.comparingLong(ContentRule::id))
        .toList();
  }

  /** A rule by its number. */
  public Optional<ContentRule> find(Realm realm, long id) {
    return rows.find(scope(realm), String.valueOf(id)).flatMap(row -> rule(realm, row));
  }

  /** Says which rules a realm has; equal as long as they are the same. */
  String state(Realm realm) {
    return numbers.state(scope(realm));
  }

  /**
   * Removes and adds rules of a realm, all or none.
   *
   * @return the added ones with their numbers
   * @throws Refusal when there would be too many
   */
  public List<ContentRule> change(
      long personId, Realm realm, List<ContentRule> remove, List<ContentRule> add) {
    List<ContentRule> left = new ArrayList<>(of(realm));
    left.removeAll(remove);
    left.addAll(add);
    requireFew(left);
    Map<String, Optional<String>> contents = new LinkedHashMap<>();
    remove.forEach(rule -> contents.put(key(rule), Optional.empty()));
    List<ContentRule> added = numbered(add);
    added.forEach(
        rule -> contents.put(key(rule), Optional.of(TextMap.write(RuleFields.write(rule)))));
    changes.setAll(new Author(personId, scope(realm)), rows.kind(), contents);
    return added;
  }

  private List<ContentRule> numbered(List<ContentRule> rules) {
    List<Long> ids = rules.isEmpty() ? List.of() : numbers.next(rules.size());
    return IntStream.range(0, rules.size())
        .mapToObj(at -> rules.get(at).withId(ids.get(at)))
        .toList();
  }

  private static void requireFew(List<ContentRule> rules) {
    long expressions = rules.stream().filter(rule -> rule.term().kind() == RuleKind.REGEX).count();
    if (rules.size() > MOST_RULES || expressions > MOST_EXPRESSIONS) {
      throw new Refusal(
          ReasonCode.RULES_TOO_MANY, rules.size(), MOST_RULES, expressions, MOST_EXPRESSIONS);
    }
  }

  private static String key(ContentRule rule) {
    return Keyed.key(scope(rule.bounds().realm()), String.valueOf(rule.id()));
  }

  static String scope(Realm realm) {
    return realm.isEverywhere()
        ? Scope.EVERYWHERE.text()
        : Scope.server(realm.platform(), realm.server()).text();
  }

  /** One that another version wrote may be none here, and must not hide the others. */
  private static Optional<ContentRule> rule(Realm realm, Keyed.Row row) {
    try {
      ContentRule rule = RuleFields.read(realm, TextMap.read(row.content()));
      return Optional.of(rule.withId(Long.parseLong(row.name())));
    } catch (Refusal | NumberFormatException e) {
      log.warn("Rule {} of {} cannot be read", row.name(), row.scope(), e);
      return Optional.empty();
    }
  }
}
