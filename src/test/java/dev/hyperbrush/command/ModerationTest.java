package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.BEN;
import static dev.hyperbrush.command.CommandWorld.ELSEWHERE;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModerationTest {
  private static final Person MODI = new Person("discord", "9", "Modi");
  private static final Person OPA = new Person("discord", "10", "Opa");
  private static final Place ATTIC = Place.of("discord", "attic", Optional.of("guild"));

  private static final Place OTHER = Place.of("discord", "den", Optional.of("other"));

  @TempDir private Path data;
  private CommandWorld world;

  @BeforeEach
  void open() {
    world = new CommandWorld(data);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRuleHoldsFromNowOnForEveryWayIntoTheQueue() {
    Job before = world.imagine("a grotty cat");

    Reply added = moderate("policy add", "--word grotty --action block --reason be kind");

    assertThat(added.code()).isEmpty();
    Reply refused = world.say("imagine", "a GR\u041ETTY cat");
    assertThat(refused.code()).contains(ReasonCode.RULE_BLOCKED);
    assertThat(refused.text()).contains("be kind").doesNotContainIgnoringCase("grotty");
    assertThat(world.say("again", "" + before.id()).code()).contains(ReasonCode.RULE_BLOCKED);
    assertThat(world.say("vary", "" + before.id()).code()).contains(ReasonCode.RULE_BLOCKED);
    assertThat(world.say(ANNA, ELSEWHERE, "imagine", "a grotty cat").code()).isEmpty();
    assertThat(world.say("imagine", "a cat --no grotty").code()).isEmpty();

    press(MODI, Permission.MODERATOR, button(added.cards().getFirst(), 0));
    assertThat(world.say("imagine", "a grotty cat").code()).isEmpty();
    press(MODI, Permission.MODERATOR, undo());
    assertThat(world.say("imagine", "a grotty cat").code()).contains(ReasonCode.RULE_BLOCKED);
  }

  private Button undo() {
    return moderate("changes", "").cards().getFirst().buttons().getFirst();
  }

  /** What the server puts around a prompt counts like what was said. */
  @Test
  void rulesLookAtThePromptAsItIsSettled() {
    moderate("policy add", "--phrase oil painting --action spoiler");
    moderate("policy add", "--word grotty --in negative");
    assertThat(world.imagine("a cat").spoiler()).isFalse();
    moderate("defaults set", "--suffix \", oil painting\"");
    assertThat(world.imagine("a cat").spoiler()).isTrue();
    moderate("defaults set", "--no grotty");
    assertThat(world.say("imagine", "a cat --guidance 4").code()).contains(ReasonCode.RULE_BLOCKED);
  }

  @Test
  void whatIsStrippedIsDrawnWithoutIt() {
    moderate("policy add", "--word grotty --action strip --reason be kind");
    moderate("policy add", "--regex (cat|dog)s? --action replace --with kitten");

    Reply reply = world.say("imagine", "a grotty cat, dogs");

    assertThat(reply.jobs().getFirst().job().request().prompt()).isEqualTo("a kitten, kitten");
    assertThat(reply.notices())
        .extracting(Phrase::code)
        .containsExactly(ReasonCode.RULE_STRIPPED, ReasonCode.RULE_REPLACED);
    assertThat(world.say("imagine", "grotty").code()).contains(ReasonCode.RULE_LEFT_NOTHING);
  }

  @Test
  void rulesHaveChannelsRolesAndExceptions() {
    moderate("policy add", "--word one --channel here");
    assertThat(world.say("imagine", "one").code()).contains(ReasonCode.RULE_BLOCKED);
    assertThat(world.say(ANNA, ATTIC, "imagine", "one").code()).isEmpty();
    moderate("policy add", "--word two --role <@&77>");
    assertThat(world.say("imagine", "two").code()).isEmpty();
    assertThat(world.say(member(ANNA, "77"), "imagine", "two").code())
        .contains(ReasonCode.RULE_BLOCKED);
    moderate(
        "policy add", "--word three --except-person <@1> --except-role 77 --except-channel attic");
    assertThat(world.say("imagine", "three").code()).isEmpty();
    assertThat(world.say(BEN, SERVER, "imagine", "three").code()).contains(ReasonCode.RULE_BLOCKED);
    assertThat(world.say(BEN, ATTIC, "imagine", "three").code()).isEmpty();
    assertThat(world.say(member(BEN, "77"), "imagine", "three").code()).isEmpty();
    moderate("policy add", "--word four --action age");
    assertThat(world.say("imagine", "four").code()).contains(ReasonCode.RULE_AGE_RESTRICTED);
    Place adults = new Place("discord", "art", Optional.of("guild"), true);
    assertThat(world.say(ANNA, adults, "imagine", "four").code()).isEmpty();
  }

  @Test
  void theTesterSaysWhatWouldHappenAndDoesNothing() {
    moderate("policy add", "--word grotty --action strip");
    moderate("policy add", "--word cat --action hold --except-person discord:9");

    Reply reply = moderate("policy test", "\"a Gr\u043Etty cat\" --steps 4");

    assertThat(reply.text())
        .contains("A moderator would look at it first: a cat", "Gr\u043Etty", "read as “grotty”");
    assertThat(reply.cards()).hasSize(2);
    assertThat(moderate("policy test", "a dog").text()).startsWith("No rule fires");
    assertThat(moderate("policy test", "grotty").text()).startsWith("It would be refused");
    assertThat(world.queue.waiting()).isZero();
    assertThat(moderate("review", "").cards()).isEmpty();
  }

  @Test
  void badRulesAreRefusedAndBroadOnesWarnedOf() {
    assertThat(moderate("policy add", "grotty").code()).contains(ReasonCode.RULE_KIND_NEEDED);
    assertThat(moderate("policy add", "--regex gr(otty").code())
        .contains(ReasonCode.RULE_REGEX_BROKEN);
    assertThat(moderate("policy add", "--word a --action explode").code())
        .contains(ReasonCode.FLAG_VALUE);
    assertThat(moderate("policy add", "--word grotty --except-person Anna").code())
        .contains(ReasonCode.FLAG_VALUE);
    assertThat(moderate("policy remove", "x").code()).contains(ReasonCode.RULE_ID_NEEDED);
    assertThat(moderate("policy remove", "12").code()).contains(ReasonCode.RULE_UNKNOWN);
    assertThat(moderate("policy list", "").cards()).isEmpty();
    assertThat(moderate("policy add", "--regex .*").notices())
        .extracting(Phrase::code)
        .containsExactly(ReasonCode.RULE_BROAD);
    assertThat(moderate("policy add", "--regex .*").code()).contains(ReasonCode.RULE_KNOWN);
    Caller alone = caller(MODI, ELSEWHERE, Permission.MODERATOR);
    assertThat(world.say(alone, "policy add", "--word x").code())
        .contains(ReasonCode.SERVER_NEEDED);
  }

  @Test
  void rulesAreListedPageByPage() {
    for (int i = 0; i < 25; i++) {
      moderate("policy add", "--word nonsense" + i);
    }
    operate("policy add", "--word evil --everywhere");
    Reply first = moderate("policy list", "");
    assertThat(first.cards()).hasSize(10);
    Reply second = press(MODI, Permission.MODERATOR, first.buttons().getFirst());
    Reply third = press(MODI, Permission.MODERATOR, second.buttons().getFirst());
    assertThat(third.cards()).hasSize(6);
    assertThat(third.cards().getLast().title()).contains("evil");
    assertThat(third.cards().getLast().buttons()).as("not theirs to remove").isEmpty();
    assertThat(moderate("policy list", "nonsense17").cards()).hasSize(1);
    assertThat(world.say(ANNA, ELSEWHERE, "imagine", "evil").code())
        .contains(ReasonCode.RULE_BLOCKED);
  }

  @Test
  void rulesTravelAsAFileAllOrNone() throws Exception {
    moderate("policy add", "--word grotty --reason be \"very\" kind --except-role 1,2");
    moderate("policy add", "--phrase ice cream --action replace --with 猫 --in both --match leet");
    Attachment file = moderate("policy export", "").attachment().orElseThrow();
    String json = new String(file.content().open().readAllBytes(), StandardCharsets.UTF_8);

    Caller there = caller(MODI, OTHER, Permission.MODERATOR);
    assertThat(importing(there, json).text()).isEqualTo("Added: 2. There already: 0. Removed: 0.");
    assertThat(importing(there, json).text()).isEqualTo("Added: 0. There already: 2. Removed: 0.");
    String again =
        new String(
            world
                .say(there, "policy export", "")
                .attachment()
                .orElseThrow()
                .content()
                .open()
                .readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(again).isEqualTo(json);

    Reply wrong = importing(there, "[{\"word\": \"x\"}, {\"regex\": \"(\"}]");
    assertThat(wrong.code()).contains(ReasonCode.RULE_FILE_WRONG);
    assertThat(wrong.text()).contains("rule 2");
    assertThat(importing(there, "[{\"word\": \"x\"").code()).contains(ReasonCode.RULE_FILE_BROKEN);
    assertThat(importing(there, "{}").code()).contains(ReasonCode.RULE_FILE_BROKEN);
    assertThat(importing(there, "[{\"word\": 7}]").code()).contains(ReasonCode.RULE_FILE_WRONG);
    assertThat(importing(there, "").code()).contains(ReasonCode.RULE_FILE_BROKEN);
    assertThat(world.say(there, "policy list", "").cards()).hasSize(2);

    Reply replaced =
        world.commands.run(
            new Invocation(
                there,
                "policy import",
                "",
                Map.of("rules", "[{\"word\":\"x\"}]", "replace-all", "on")));
    assertThat(replaced.text()).isEqualTo("Added: 1. There already: 0. Removed: 2.");
    assertThat(world.say(there, "policy list", "").cards()).hasSize(1);
  }

  @Test
  void thousandsOfRulesAreTakenAndNoMore() {
    String many =
        IntStream.range(0, 5000)
            .mapToObj(i -> "{\"word\": \"nonsense" + i + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    Caller modi = caller(MODI, SERVER, Permission.MODERATOR);
    assertThat(importing(modi, many).text())
        .isEqualTo("Added: 5000. There already: 0. Removed: 0.");
    assertThat(world.say("imagine", "a nonsense4999 cat").code()).contains(ReasonCode.RULE_BLOCKED);
    assertThat(moderate("policy add", "--word onemore").code()).contains(ReasonCode.RULES_TOO_MANY);
    String expressions =
        IntStream.range(0, 101)
            .mapToObj(i -> "{\"regex\": \"nonsense" + i + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(importing(caller(MODI, OTHER, Permission.MODERATOR), expressions).code())
        .contains(ReasonCode.RULES_TOO_MANY);
  }

  private Reply importing(Caller caller, String json) {
    return world.commands.run(new Invocation(caller, "policy import", "", Map.of("rules", json)));
  }

  @Test
  void whatIsHeldIsDrawnWhenSomebodyApproves() {
    moderate("policy add", "--word grotty --action hold --reason just checking");

    Reply reply = world.say("imagine", "a grotty cat");

    Job held = reply.jobs().getFirst().job();
    assertThat(held.state()).isEqualTo(JobState.HELD);
    assertThat(reply.text()).contains("A moderator looks at picture " + held.id(), "just checking");
    assertThat(world.queue.waiting()).isZero();
    assertThat(world.say("queue", "").jobs()).hasSize(1);

    Card card = moderate("review", "").cards().getFirst();
    press(BEN, Permission.EVERYBODY, button(card, 0));
    assertThat(state(held)).isEqualTo(JobState.HELD);
    assertThat(press(MODI, Permission.MODERATOR, button(card, 0)).code()).isEmpty();
    assertThat(state(held)).isEqualTo(JobState.QUEUED);
    assertThat(press(MODI, Permission.MODERATOR, button(card, 0)).code())
        .contains(ReasonCode.REVIEW_UNKNOWN);
    assertThat(moderate("review", "").cards()).isEmpty();
    world.draw();
    assertThat(state(held)).isEqualTo(JobState.DONE);
  }

  @Test
  void whatIsRejectedEndsWithTheReason() {
    moderate("policy add", "--word grotty --action hold");
    Job held = world.imagine("a grotty cat");

    assertThat(moderate("review reject", held.id() + " not here").code()).isEmpty();

    assertThat(state(held)).isEqualTo(JobState.FAILED);
    assertThat(world.say("show", "" + held.id()).text()).contains("not here");
    assertThat(moderate("audit", "").text()).contains("rejected #" + held.id() + " – not here");
  }

  @Test
  void aHeldPictureCanBeCancelledAndDeletedAndExpires() {
    moderate("policy add", "--word grotty --action hold");
    Job held = world.imagine("a grotty cat");
    assertThat(world.say("cancel", "" + held.id()).code()).isEmpty();
    assertThat(state(held)).isEqualTo(JobState.CANCELLED);
    Job other = world.imagine("a grotty cat");
    assertThat(world.say("delete", "" + other.id()).code()).isEmpty();
    assertThat(moderate("review", "").cards()).isEmpty();
    assertThat(moderate("review approve", "" + held.id()).code())
        .contains(ReasonCode.REVIEW_UNKNOWN);
  }

  @Test
  void aRuleForEverywhereIsDecidedByWhoeverRunsTheProgram() {
    operate("policy add", "--word grotty --action hold --everywhere");
    Job held = world.imagine("a grotty cat");
    assertThat(moderate("review", "").cards().getFirst().buttons()).isEmpty();
    assertThat(moderate("review approve", "" + held.id()).code())
        .contains(ReasonCode.REVIEW_NOT_YOURS);
    assertThat(operate("review approve", "" + held.id()).code()).isEmpty();
    assertThat(state(held)).isEqualTo(JobState.QUEUED);
  }

  @Test
  void whoIsBannedDrawsNothingHereAndKeepsTheirRights() {
    Job done = world.imagine("a cat");
    world.draw();
    Job waiting = world.imagine("a dog");
    Job elsewhere = world.say(ANNA, ELSEWHERE, "imagine", "a bird").jobs().getFirst().job();

    Reply banned = moderate("ban", "<@1> --for 7d --reason spamming");

    assertThat(banned.text()).contains("Anna", "2026", "spamming", "cancelled: 1");
    assertThat(state(waiting)).isEqualTo(JobState.CANCELLED);
    assertThat(state(elsewhere)).isEqualTo(JobState.QUEUED);
    Reply refused = world.say("imagine", "a cat");
    assertThat(refused.code()).contains(ReasonCode.BANNED_UNTIL);
    assertThat(refused.text()).contains("spamming");
    assertThat(world.say("again", "" + done.id()).code()).contains(ReasonCode.BANNED_UNTIL);
    for (String verb : List.of("help", "about", "language", "export", "history", "forget-me")) {
      assertThat(world.say(verb, "").code()).as(verb).isEmpty();
    }
    assertThat(world.say("show", "" + done.id()).code()).isEmpty();
    assertThat(world.say("delete", "" + done.id()).code()).isEmpty();
    assertThat(world.say(ANNA, ELSEWHERE, "imagine", "a cat").code()).isEmpty();

    world.clock.advance(Duration.ofDays(7));
    assertThat(world.say("imagine", "a cat").code()).isEmpty();
  }

  @Test
  void aBanIsLiftedByPersonOrButton() {
    world.imagine("a cat");
    Reply banned = moderate("ban", "@anna");
    assertThat(world.say("imagine", "a cat").code()).contains(ReasonCode.BANNED);
    assertThat(moderate("bans", "").cards()).hasSize(1);
    press(MODI, Permission.MODERATOR, button(banned.cards().getFirst(), 0));
    assertThat(world.say("imagine", "a cat").code()).isEmpty();
    moderate("timeout", "<@1> 30m --reason calm down");
    assertThat(world.say("imagine", "a cat").code()).contains(ReasonCode.BANNED_UNTIL);
    assertThat(moderate("unban", "@Anna").code()).isEmpty();
    assertThat(moderate("unban", "@Anna").code()).contains(ReasonCode.BAN_UNKNOWN);
    assertThat(world.say("imagine", "a cat").code()).isEmpty();
  }

  @Test
  void aSecondBanReplacesTheFirst() {
    moderate("ban", "discord:1 --for 7d");
    moderate("ban", "discord:1 --end 2999-01-01").code();
    moderate("timeout", "discord:1 5m");
    assertThat(moderate("bans", "").cards()).hasSize(1);
    world.clock.advance(Duration.ofMinutes(5));
    assertThat(world.say("imagine", "a cat").code()).isEmpty();
  }

  @Test
  void aBanForEverywhereHoldsEverywhere() {
    operate("ban", "discord:1 --everywhere");
    assertThat(world.say("imagine", "a cat").code()).contains(ReasonCode.BANNED);
    assertThat(world.say(ANNA, ELSEWHERE, "imagine", "a cat").code()).contains(ReasonCode.BANNED);
    assertThat(moderate("unban", "discord:1").code()).contains(ReasonCode.BAN_UNKNOWN);
    assertThat(moderate("ban", "discord:2 --everywhere").code()).contains(ReasonCode.NOT_PERMITTED);
    assertThat(operate("unban", "discord:1 --everywhere").code()).isEmpty();
  }

  @Test
  void keepersOfOrderAreNotBannedByTheirLike() {
    Person other = new Person("discord", "11", "Other");
    world.say(caller(other, SERVER, Permission.MODERATOR), "help", "");
    operate("help", "");
    assertThat(moderate("ban", "discord:11").code()).contains(ReasonCode.BAN_OF_KEEPER);
    assertThat(moderate("timeout", "discord:10 5m").code()).contains(ReasonCode.BAN_OF_KEEPER);
    assertThat(moderate("ban", "discord:9").code()).contains(ReasonCode.BAN_YOURSELF);
    assertThat(operate("ban", "discord:11").code()).isEmpty();
    assertThat(world.say(caller(other, SERVER, Permission.MODERATOR), "imagine", "a cat").code())
        .as("a server's ban does not hold for its moderators")
        .isEmpty();
    world.say(caller(other, SERVER, Permission.EVERYBODY), "help", "");
    assertThat(moderate("ban", "discord:11").code()).as("no moderator any more").isEmpty();
  }

  @Test
  void whoIsMeantMustBeCertain() {
    world.say(new Person("discord", "20", "Twin"), SERVER, "help", "");
    world.say(new Person("discord", "21", "twin"), SERVER, "help", "");
    world.say(new Person("telegram", "1", "Tele"), ELSEWHERE, "help", "");
    Reply twins = moderate("ban", "@Twin");
    assertThat(twins.code()).contains(ReasonCode.PERSON_AMBIGUOUS);
    assertThat(twins.text()).contains("discord:20", "discord:21");
    assertThat(moderate("ban", "@Tele").code()).contains(ReasonCode.PERSON_UNKNOWN);
    assertThat(moderate("ban", "telegram:1").code()).contains(ReasonCode.PERSON_UNKNOWN);
    assertThat(moderate("ban", "").code()).contains(ReasonCode.PERSON_NEEDED);
    assertThat(moderate("timeout", "<@20>").code()).contains(ReasonCode.TIMEOUT_NEEDS_BOTH);
    assertThat(moderate("timeout", "<@20> 29d").code()).contains(ReasonCode.DEADLINE_BAD);
    for (String end : List.of("--for 0d", "--for x", "--end 2001-01-01", "--end never")) {
      assertThat(moderate("ban", "<@20> " + end).code()).as(end).contains(ReasonCode.DEADLINE_BAD);
    }
    assertThat(moderate("bans", "").cards()).isEmpty();
  }

  /** A banned person who links a fresh identity takes the ban there, and unlinking leaves it. */
  @Test
  void aBanCannotBeShakenOffByLinkingAndUnlinking() {
    Person fresh = new Person("telegram", "50", "Fresh");
    Place group = Place.of("telegram", "group", Optional.of("tg"));
    Place dm = Place.of("telegram", "dm", Optional.empty());
    operate("ban", "discord:1 --everywhere");
    String code = code(world.say(ANNA, ELSEWHERE, "link", "").text());
    assertThat(world.say(fresh, group, "imagine", "a cat").code()).isEmpty();

    assertThat(world.say(fresh, dm, "link", code).code()).isEmpty();
    assertThat(world.say(fresh, group, "imagine", "a cat").code()).contains(ReasonCode.BANNED);
    assertThat(world.say(fresh, group, "unlink", "discord").code()).isEmpty();

    assertThat(world.say("imagine", "a cat").code()).contains(ReasonCode.BANNED);
    assertThat(world.say(fresh, group, "imagine", "a cat").code()).contains(ReasonCode.BANNED);
  }

  private static String code(String text) {
    Matcher code = Pattern.compile("[A-Z0-9]{4,}(?:-[A-Z0-9]{2,})*").matcher(text);
    assertThat(code.find()).as(text).isTrue();
    return code.group();
  }

  @Test
  void whatModeratorsDoIsWrittenDown() {
    Job foreign = world.imagine("a cat");
    moderate("policy add", "--word grotty");
    moderate("cancel", "" + foreign.id());
    moderate("delete", "" + foreign.id());
    moderate("ban", "discord:1 --reason spam");
    moderate("unban", "discord:1");
    moderate("defaults set", "--max-steps 20");
    press(MODI, Permission.MODERATOR, undo());

    assertThat(moderate("audit", "").text().lines().skip(1).map(ModerationTest::deed))
        .containsExactly(
            "set max-steps: 20 → –",
            "set max-steps: – → 20",
            "let Anna draw again",
            "banned Anna – spam",
            "deleted #" + foreign.id(),
            "cancelled #" + foreign.id(),
            "added rule #1 grotty");
    assertThat(world.say("delete", "" + world.imagine("own").id()).code()).isEmpty();
    assertThat(moderate("audit", "").cards()).as("one's own is one's own").hasSize(7);
  }

  private static String deed(String line) {
    assertThat(line).contains(" Modi: ");
    return line.substring(line.indexOf(": ") + 2);
  }

  private JobState state(Job job) {
    return world.queue.find(job.id()).orElseThrow().state();
  }

  private Reply moderate(String verb, String text) {
    return world.say(caller(MODI, SERVER, Permission.MODERATOR), verb, text);
  }

  private Reply operate(String verb, String text) {
    return world.say(caller(OPA, SERVER, Permission.OPERATOR), verb, text);
  }

  private Reply press(Person person, Permission permission, Button button) {
    return world.commands.press(caller(person, SERVER, permission), button.action());
  }

  private static Button button(Card card, int index) {
    return card.buttons().get(index);
  }

  private static Caller member(Person person, String role) {
    return new Caller(
        person, SERVER, new Standing(Set.of(role), Permission.EVERYBODY), Locale.ENGLISH);
  }

  private static Caller caller(Person person, Place place, Permission permission) {
    return new Caller(person, place, new Standing(Set.of(), permission), Locale.ENGLISH);
  }
}
