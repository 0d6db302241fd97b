package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.policy.ContentRule.Bounds;
import dev.hyperbrush.policy.ContentRule.Exceptions;
import dev.hyperbrush.policy.ContentRule.Term;
import dev.hyperbrush.store.ChangeLog;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Keyed;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.RuleNumbers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentRulesTest {
  @TempDir private Path data;
  private Database database;
  private RuleBook book;
  private ContentRules rules;
  private long anna;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void open() {
    database = Database.open(data);
    Keyed rows = Keyed.rules(database);
    ChangeLog log = new ChangeLog(database, () -> now, List.of(rows));
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
  void withoutRulesNothingChanges() {
    GenerationRequest request = request("a cat", "");
    Judgement judged = rules.judge(request, situation());
    assertThat(judged.request()).isSameAs(request);
    assertThat(judged.refusal()).isEmpty();
  }

  @Test
  void aRuleHoldsOnlyForItsServerChannelRoleAndPart() {
    add(Rules.in(new Realm("discord", "other"), Rules.word("one", RuleAction.BLOCK)));
    add(Rules.in(new Realm("telegram", "guild"), Rules.word("one", RuleAction.BLOCK)));
    assertThat(judge("one").refusal()).isEmpty();
    add(scoped(Optional.of("art"), Optional.empty(), Exceptions.NONE, "two"));
    assertThat(judge("two").refusal()).isPresent();
    assertThat(rules.judge(request("two", ""), in("lounge")).refusal()).isEmpty();
    add(scoped(Optional.empty(), Optional.of("novice"), Exceptions.NONE, "three"));
    assertThat(judge("three").refusal()).isEmpty();
    assertThat(rules.judge(request("three", ""), with("novice")).refusal()).isPresent();
    add(about(RulePart.NEGATIVE, Rules.word("four", RuleAction.BLOCK)));
    assertThat(judge("four").refusal()).isEmpty();
    assertThat(rules.judge(request("a", "four"), situation()).refusal().orElseThrow().args())
        .contains("--no");
  }

  @Test
  void exceptionsAreExempt() {
    add(
        scoped(
            Optional.empty(),
            Optional.empty(),
            new Exceptions(Set.of("attic"), Set.of("elder"), Set.of("discord:1")),
            "grotty"));
    Situation stranger =
        new Situation(anna + 1000, origin("art"), Set.of(), Permission.EVERYBODY, false);
    Situation attic =
        new Situation(anna + 1000, origin("attic"), Set.of(), Permission.EVERYBODY, false);
    Situation elder =
        new Situation(anna + 1000, origin("art"), Set.of("elder"), Permission.EVERYBODY, false);
    assertThat(rules.judge(request("grotty", ""), stranger).refusal()).isPresent();
    assertThat(rules.judge(request("grotty", ""), attic).refusal()).isEmpty();
    assertThat(rules.judge(request("grotty", ""), elder).refusal()).isEmpty();
    assertThat(judge("grotty").refusal()).isEmpty();
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

  private Situation with(String role) {
    return new Situation(anna, origin("art"), Set.of(role), Permission.EVERYBODY, false);
  }

  private static Origin origin(String channel) {
    return new Origin("discord", channel, Optional.of("guild"));
  }

  private static ContentRule about(RulePart part, ContentRule rule) {
    Term term = rule.term();
    return new ContentRule(
        0,
        rule.bounds(),
        new Term(term.kind(), term.pattern(), term.reading(), part),
        rule.effect());
  }

  private static ContentRule scoped(
      Optional<String> channel, Optional<String> role, Exceptions exceptions, String word) {
    ContentRule rule = Rules.word(word, RuleAction.BLOCK);
    return new ContentRule(
        0, new Bounds(Rules.GUILD, channel, role, exceptions), rule.term(), rule.effect());
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
