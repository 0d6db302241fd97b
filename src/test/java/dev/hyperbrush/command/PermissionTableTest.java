package dev.hyperbrush.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.Allowances;
import dev.hyperbrush.policy.ExampleSettings;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may say what: every verb, said by everybody. A new verb needs its line here.
 *
 * <p>A line says who may use the verb, whether banned people may, whether keepers of order change
 * with it what somebody else asked for (“touch”), and what is said behind it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PermissionTableTest {
  private static final String TABLE =
      """
      imagine         | EVERYBODY | no  | -     | a cat
      again           | EVERYBODY | no  | -     | {job}
      vary            | EVERYBODY | no  | -     | {job}
      remix           | EVERYBODY | no  | -     | {job}
      show            | EVERYBODY | yes | -     | {job}
      original        | EVERYBODY | yes | -     | {job}
      report          | EVERYBODY | no  | -     | {job}
      history         | EVERYBODY | yes | -     |
      favourites      | EVERYBODY | yes | -     |
      favourite       | EVERYBODY | yes | -     | {job}
      queue           | EVERYBODY | yes | -     |
      cancel          | EVERYBODY | yes | touch | {job}
      delete          | EVERYBODY | yes | touch | {job}
      models          | EVERYBODY | yes | -     |
      loras           | EVERYBODY | yes | -     |
      preset list     | EVERYBODY | yes | -     |
      preset save     | EVERYBODY | no  | -     | moody --steps 4 --replace
      preset show     | EVERYBODY | yes | -     | nothing
      preset rename   | EVERYBODY | no  | -     | nothing something
      preset delete   | EVERYBODY | yes | -     | nothing
      preset share    | EVERYBODY | no  | -     | nothing
      preset approve  | MODERATOR | no  | -     | nothing
      settings        | EVERYBODY | yes | -     | {job}
      settings show   | EVERYBODY | yes | -     |
      defaults me     | EVERYBODY | yes | -     |
      defaults show   | MODERATOR | no  | -     |
      defaults set    | MODERATOR | no  | -     | --max-count 4
      defaults unset  | MODERATOR | no  | -     | max-count
      changes         | EVERYBODY | yes | -     |
      changes undo    | EVERYBODY | no  | -     | 999999
      export          | EVERYBODY | yes | -     |
      link            | EVERYBODY | yes | -     |
      unlink          | EVERYBODY | yes | -     |
      language        | EVERYBODY | yes | -     |
      about           | EVERYBODY | yes | -     |
      forget-me       | EVERYBODY | yes | -     |
      help            | EVERYBODY | yes | -     |
      policy add      | MODERATOR | no  | -     | --word grotty
      policy remove   | MODERATOR | no  | -     | {rule}
      policy list     | MODERATOR | no  | -     |
      policy test     | MODERATOR | no  | -     | a cat
      policy export   | MODERATOR | no  | -     |
      policy import   | MODERATOR | no  | -     | []
      review          | MODERATOR | no  | -     |
      review approve  | MODERATOR | no  | touch | {held}
      review reject   | MODERATOR | no  | touch | {held}
      review dismiss  | MODERATOR | no  | -     | {job}
      ban             | MODERATOR | no  | -     | discord:77
      timeout         | MODERATOR | no  | -     | discord:77 1h
      unban           | MODERATOR | no  | -     | discord:77
      bans            | MODERATOR | no  | -     |
      audit           | MODERATOR | no  | -     |
      admin status    | OPERATOR  | no  | -     |
      admin pause     | OPERATOR  | no  | -     |
      admin drain     | OPERATOR  | no  | -     |
      admin resume    | OPERATOR  | no  | -     |
      admin backup    | OPERATOR  | no  | -     |
      """;

  private static final Place OTHER = Place.of("discord", "den", Optional.of("other"));

  /** Who speaks, and where. */
  private enum Role {
    MEMBER("2", true, Permission.EVERYBODY),
    MODERATOR("3", true, Permission.MODERATOR),
    OPERATOR("4", true, Permission.OPERATOR),
    BANNED("5", true, Permission.EVERYBODY),
    MODERATOR_ELSEWHERE("6", false, Permission.MODERATOR);

    private final String id;
    private final boolean here;
    private final Permission permission;

    Role(String id, boolean here, Permission permission) {
      this.id = id;
      this.here = here;
      this.permission = permission;
    }

    Caller caller() {
      return new Caller(
          new Person("discord", id, name()),
          here ? CommandWorld.SERVER : OTHER,
          new Standing(Set.of(), permission),
          Locale.ENGLISH);
    }

    boolean keepsOrderHere() {
      return this == MODERATOR || this == OPERATOR;
    }
  }

  record Line(
      String verb, Permission permission, boolean evenBanned, boolean touches, String text) {
    static Line read(String line) {
      String[] cells = line.split("\\|", -1);
      return new Line(
          cells[0].strip(),
          Permission.valueOf(cells[1].strip()),
          cells[2].strip().equals("yes"),
          cells[3].strip().equals("touch"),
          cells[4].strip());
    }

    @Override
    public String toString() {
      return verb;
    }
  }

  private CommandWorld world;

  @BeforeAll
  void open(@TempDir Path data) {
    Allowances many = new Allowances(1, 1000, OptionalLong.empty(), 10_000, Duration.ofSeconds(1));
    world = new CommandWorld(data, ExampleSettings.with(many));
    assertThat(say(Role.MODERATOR, "policy add", "--word heldword --action hold").code()).isEmpty();
    world.say(Role.BANNED.caller(), "help", "");
    assertThat(say(Role.MODERATOR, "ban", "discord:5 --reason spam").code()).isEmpty();
  }

  @AfterAll
  void close() {
    world.close();
  }

  private static Stream<Line> lines() {
    return TABLE.lines().filter(line -> !line.isBlank()).map(Line::read);
  }

  @Test
  void everyVerbHasItsLine() {
    assertThat(world.commands.verbs())
        .extracting(Usage::name)
        .containsExactlyInAnyOrderElementsOf(lines().map(Line::verb).toList());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void whoMayAndWhoMayNot(Line line) {
    for (Role role : Role.values()) {
      Optional<ReasonCode> answer = say(role, line.verb, filled(line)).code();
      assertThat(answer.filter(PermissionTableTest::isOfRights))
          .as("%s says /%s", role, line.verb)
          .isEqualTo(expected(line, role));
    }
  }

  private static boolean isOfRights(ReasonCode code) {
    return code == ReasonCode.NOT_PERMITTED || code == ReasonCode.BANNED;
  }

  private static Optional<ReasonCode> expected(Line line, Role role) {
    if (role.permission.compareTo(line.permission) < 0) {
      return Optional.of(ReasonCode.NOT_PERMITTED);
    }
    return role == Role.BANNED && !line.evenBanned
        ? Optional.of(ReasonCode.BANNED)
        : Optional.empty();
  }

  /** What somebody else asked for on the server, told to every verb by everybody. */
  @ParameterizedTest
  @MethodSource("lines")
  void nobodyTouchesWhatIsNotTheirs(Line line) {
    if (!line.text.contains("{job}") && !line.text.contains("{held}")) {
      return;
    }
    for (Role role : Role.values()) {
      Job before = line.text.contains("{held}") ? held() : world.imagine("a cat");

      Reply reply = say(role, line.verb, "" + before.id());

      boolean touched = !world.queue.find(before.id()).equals(Optional.of(before));
      assertThat(touched)
          .as("%s says /%s, and is answered “%s”", role, line.verb, reply.text())
          .isEqualTo(line.touches && role.keepsOrderHere());
      if (role == Role.MODERATOR_ELSEWHERE) {
        assertThat(reply.code()).isPresent();
        assertThat(reply.text()).as("does not tell whether there is one").doesNotContain("a cat");
      }
    }
  }

  /** Rules and bans of a server do not exist for the moderators of another. */
  @Test
  void moderatorsDecideOnTheirOwnServerOnly() {
    String rule = rule();
    assertThat(say(Role.MODERATOR_ELSEWHERE, "policy remove", rule).code())
        .contains(ReasonCode.RULE_UNKNOWN);
    assertThat(say(Role.MODERATOR_ELSEWHERE, "policy list", "").text()).doesNotContain("heldword");
    assertThat(say(Role.MODERATOR_ELSEWHERE, "unban", "discord:5").code())
        .contains(ReasonCode.BAN_UNKNOWN);
    for (int number = 1; number < 10; number++) {
      assertThat(say(Role.MODERATOR_ELSEWHERE, "unban", "#" + number).code())
          .contains(ReasonCode.BAN_UNKNOWN);
    }
    assertThat(say(Role.MODERATOR_ELSEWHERE, "bans", "").cards()).isEmpty();
    assertThat(say(Role.MODERATOR_ELSEWHERE, "audit", "").text()).doesNotContain("BANNED");
    for (String elsewhere : List.of("--everywhere", "--server discord:guild")) {
      for (String verb : List.of("policy list", "policy export", "review", "bans", "audit")) {
        assertThat(say(Role.MODERATOR_ELSEWHERE, verb, elsewhere).code())
            .as(verb + elsewhere)
            .contains(ReasonCode.NOT_PERMITTED);
      }
    }
    assertThat(say(Role.OPERATOR, "policy list", "--server discord:guild").text())
        .contains("heldword");
    assertThat(say(Role.MODERATOR, "policy remove", rule).code()).isEmpty();
  }

  private String filled(Line line) {
    return switch (line.text) {
      case "{job}" -> "" + world.imagine("a cat").id();
      case "{held}" -> "" + held().id();
      case "{rule}" -> rule();
      default -> line.text;
    };
  }

  private Job held() {
    return world.imagine("a heldword");
  }

  private int words;

  /** The number of a rule of the server. */
  private String rule() {
    String title =
        say(Role.MODERATOR, "policy add", "--word nonsense" + words++).cards().getFirst().title();
    return title.substring(1, title.indexOf(' '));
  }

  private Reply say(Role role, String verb, String text) {
    return world.say(role.caller(), verb, text);
  }
}
