package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.policy.ContentRule.Bounds;
import dev.hyperbrush.policy.ContentRule.Effect;
import dev.hyperbrush.policy.ContentRule.Exceptions;
import dev.hyperbrush.policy.ContentRule.Term;
import dev.hyperbrush.store.ChangeLog;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Keyed;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.RuleNumbers;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class RuleBookTest {
  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private Database database;
  private ChangeLog log;
  private RuleBook book;
  private ContentRules rules;
  private long anna;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void open() {
    database = kind.open(data);
    Keyed rows = Keyed.rules(database);
    log = new ChangeLog(database, () -> now, List.of(rows));
    book = new RuleBook(rows, new RuleNumbers(database), log);
    PersonDao people = new PersonDao(database, () -> now);
    anna = people.idOf("discord", "1", "Anna");
    rules = new ContentRules(book, new PersonLookup(database), () -> now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aChangeOfAnotherProcessIsSeenInSeconds() {
    assertThat(judge("grotty").refusal()).isEmpty();
    ContentRule rule =
        book.change(anna, Rules.GUILD, List.of(), List.of(Rules.word("grotty", RuleAction.BLOCK)))
            .getFirst();
    assertThat(judge("grotty").refusal()).isEmpty();
    now = now.plus(ContentRules.STALE).plusMillis(1);
    assertThat(judge("grotty").refusal()).isPresent();
    book.change(anna, Rules.GUILD, List.of(rule), List.of());
    now = now.plus(ContentRules.STALE).plusMillis(1);
    assertThat(judge("grotty").refusal()).isEmpty();
  }

  @Test
  void aRuleIsStoredWholeAndComesBackUnderItsNumber() {
    ContentRule rule =
        new ContentRule(
            0,
            new Bounds(
                Rules.GUILD,
                Optional.of("art"),
                Optional.of("novice"),
                new Exceptions(Set.of("a"), Set.of("b", "c"), Set.of("discord:7"))),
            new Term(RuleKind.PHRASE, "Ä ' \" 猫 \\b", RuleReading.LEET, RulePart.BOTH),
            new Effect(RuleAction.REPLACE, "x", "why not"));
    long id = add(rule);
    assertThat(book.find(Rules.GUILD, id)).contains(rule.withId(id));
    assertThat(book.of(Realm.EVERYWHERE)).isEmpty();
    assertThat(book.find(Realm.EVERYWHERE, id)).isEmpty();
    String before = book.state(Rules.GUILD);

    book.change(anna, Rules.GUILD, List.of(rule.withId(id)), List.of());
    assertThat(book.of(Rules.GUILD)).isEmpty();
    assertThat(book.state(Rules.GUILD)).isNotEqualTo(before);

    long removal = log.list(Optional.empty(), "", Long.MAX_VALUE, 1).getFirst().id();
    log.undo(anna, removal, false);
    assertThat(book.of(Rules.GUILD)).containsExactly(rule.withId(id));
    assertThat(book.state(Rules.GUILD)).isNotEqualTo(before);
  }

  private long add(ContentRule rule) {
    long id = book.change(anna, rule.bounds().realm(), List.of(), List.of(rule)).getFirst().id();
    rules.changed();
    return id;
  }

  private Judgement judge(String prompt) {
    return rules.judge(request(prompt, ""), situation());
  }

  private Situation situation() {
    return in("art");
  }

  private Situation in(String channel) {
    return new Situation(anna, origin(channel), Set.of(), Permission.EVERYBODY, false);
  }

  private static Origin origin(String channel) {
    return new Origin("discord", channel, Optional.of("guild"));
  }

  private static GenerationRequest request(String prompt, String negative) {
    return new GenerationRequest(
        "small",
        prompt,
        negative,
        new ImageSize(128, 128),
        4,
        0,
        "TCD",
        0,
        new Seed(1),
        1,
        List.of(),
        0);
  }
}
