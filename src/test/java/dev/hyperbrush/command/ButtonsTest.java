package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.ELSEWHERE;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Job;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be pressed, by whoever sees it and by whoever makes it up. */
final class ButtonsTest {
  private static final Place OTHER_SERVER = Place.of("discord", "art", Optional.of("other"));
  private static final Person STRANGER = new Person("discord", "666", "Mallory");

  @TempDir private Path data;
  private CommandWorld world;
  private final List<Long> annas = new ArrayList<>();

  @BeforeEach
  void open() {
    world = new CommandWorld(data);
    Job first = world.imagine("a secret cat --count 2 --size 64x64");
    annas.add(first.id());
    world.draw();
    world.say("favourite", first.id() + ".1");
    for (int i = 0; i < 11; i++) {
      annas.add(vary(first).id());
    }
    world.say("preset save", "hidden --steps 6 {prompt}, secretly");
    world.say("defaults me", "--steps 9");
    Person telegram = new Person("telegram", "7", "Anna T.");
    String code = world.say(ANNA, ELSEWHERE, "link", "").text().substring(13, 22);
    world.say(telegram, Place.of("telegram", "7", Optional.empty()), "link", code);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyButtonThatIsShownWorksAfterARestart() {
    Map<String, String> shown = new TreeMap<>();
    for (Reply reply : everyAnswer()) {
      buttons(reply).forEach(button -> shown.put(button.action().encode(), button.label()));
    }
    assertThat(shown.size()).isGreaterThan(20);
    Set<String> verbs = new TreeSet<>();
    // What takes away comes last, so that the others find what they are about.
    List<String> order =
        shown.keySet().stream()
            .sorted((a, b) -> Boolean.compare(takesAway(a), takesAway(b)))
            .toList();
    for (String code : order) {
      world.close();
      world = new CommandWorld(data);
      assertThat(code.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(64);
      // Codes are not given where others read along.
      Reply reply = press(ANNA, code.startsWith("link:") ? ELSEWHERE : SERVER, code);
      boolean gone = takesAway(code) && reply.code().isPresent();
      assertThat(gone || reply.code().isEmpty()).as(code + ": " + reply.text()).isTrue();
      verbs.add(ActionId.parse(code).orElseThrow().verb());
    }
    assertThat(verbs)
        .contains(
            "show",
            "again",
            "vary",
            "favourite",
            "delete",
            "cancel",
            "history",
            "language",
            "link",
            "unlink",
            "forget-me",
            "export");
  }

  private static boolean takesAway(String code) {
    return Stream.of("delete", "cancel", "unlink", "forget-me", "undo", "dismiss")
        .anyMatch(verb -> code.split(":", 2)[0].contains(verb));
  }

  /** What Anna is answered to everything that can be said without deciding anything. */
  private List<Reply> everyAnswer() {
    List<Reply> answers = new ArrayList<>();
    for (Usage usage : world.commands.verbs()) {
      if (!usage.name().equals("imagine") && !takesAway(usage.name())) {
        answers.add(world.say(operator(ANNA, SERVER), usage.name(), ""));
        answers.add(world.say(operator(ANNA, SERVER), usage.name(), "" + annas.getFirst()));
      }
    }
    answers.add(world.say("forget-me", ""));
    answers.add(world.say(ANNA, ELSEWHERE, "link", ""));
    answers.add(world.say("history", "cat"));
    answers.add(world.say("history", "--before " + annas.getLast()));
    answers.add(world.say("show", "" + annas.get(5)));
    answers.add(world.say("show", annas.getFirst() + ".2"));
    return answers;
  }

  private static Stream<Button> buttons(Reply reply) {
    return Stream.of(
            reply.buttons().stream(),
            reply.cards().stream().flatMap(card -> card.buttons().stream()),
            reply.jobs().stream().flatMap(view -> view.buttons().stream()))
        .flatMap(all -> all);
  }

  /**
   * Whatever a stranger makes up, the answer is the one that numbers get which were never given
   * out, and nothing of anybody changes.
   */
  @Test
  void inventedNumbersTellNothingAndChangeNothing() {
    // The number of an export is a part of one's own, that of LoRAs a page of what all may see.
    List<String> verbs =
        world.commands.verbs().stream()
            .map(Usage::name)
            .filter(verb -> !Set.of("export", "loras").contains(verb))
            .toList();
    // Known before, so that being seen first is no difference.
    world.say(STRANGER, OTHER_SERVER, "history", "");
    String before = everythingOfAnna();
    for (String verb : verbs) {
      for (int index = 0; index < 4; index++) {
        for (long id = 1; id <= annas.getLast() + 3; id++) {
          Reply real = press(STRANGER, OTHER_SERVER, action(verb, id, index));
          Reply never = press(STRANGER, OTHER_SERVER, action(verb, 987_654_321L + id, index));
          assertThat(mask(real, id))
              .as(action(verb, id, index))
              .isEqualTo(mask(never, 987_654_321L + id));
          assertThat(real.text()).doesNotContain("secret", "Anna", "hidden");
          assertThat(real.jobs()).isEmpty();
        }
      }
    }
    assertThat(everythingOfAnna()).isEqualTo(before);
  }

  @Test
  void arbitraryCodesAreNoActionsOrHarmless() {
    Random chance = new Random(11);
    List<String> verbs = new ArrayList<>(world.commands.verbs().stream().map(Usage::name).toList());
    verbs.addAll(List.of("nothing", "preset", "a.b", "imagine", "--yes"));
    String before = everythingOfAnna();
    int actions = 0;
    for (int i = 0; i < 2000; i++) {
      String code =
          switch (chance.nextInt(4)) {
            case 0 -> garbage(chance);
            case 1 -> verb(verbs, chance) + ":" + chance.nextLong() + ":" + chance.nextInt(9);
            case 2 -> verb(verbs, chance) + ":" + garbage(chance) + ":0";
            default -> verb(verbs, chance) + ":" + chance.nextInt(40) + ":" + chance.nextInt(9999);
          };
      Optional<ActionId> action = ActionId.parse(code);
      if (action.isPresent()) {
        actions++;
        Reply reply = press(STRANGER, OTHER_SERVER, code);
        assertThat(reply.code()).as(code).isNotEqualTo(Optional.of(ReasonCode.INTERNAL_ERROR));
        assertThat(reply.text()).as(code).doesNotContain("secret", "Anna", "hidden");
      }
    }
    assertThat(actions).isGreaterThan(500);
    assertThat(everythingOfAnna()).isEqualTo(before);
  }

  private static String verb(List<String> verbs, Random chance) {
    return verbs.get(chance.nextInt(verbs.size())).replace(' ', '.');
  }

  private static String garbage(Random chance) {
    StringBuilder text = new StringBuilder();
    for (int i = chance.nextInt(70); i > 0; i--) {
      text.append(
          (char) (chance.nextInt(4) == 0 ? chance.nextInt(0x3000) : ':' - chance.nextInt(12)));
    }
    return text.toString();
  }

  private String action(String verb, long id, int index) {
    return new ActionId(verb, id, index).encode();
  }

  /** An answer without the number that was asked about, so that two can be compared. */
  private static String mask(Reply reply, long id) {
    return reply.code() + " " + reply.text().replaceFirst("\\b" + id + "\\b", "N");
  }

  /** All that could change of Anna's. */
  private String everythingOfAnna() {
    StringBuilder all = new StringBuilder();
    for (long id : annas) {
      all.append(world.queue.find(id)).append(world.queue.pictures(id)).append('\n');
    }
    for (String verb : List.of("preset list", "defaults me", "favourites", "link", "language")) {
      all.append(world.say(verb, "").text()).append('\n');
    }
    return all.toString();
  }

  private Job vary(Job job) {
    return world.say("vary", "" + job.id()).jobs().getFirst().job();
  }

  private Reply press(Person person, Place place, String code) {
    ActionId action = ActionId.parse(code).orElseThrow();
    Caller caller =
        person.equals(ANNA)
            ? operator(person, place)
            : new Caller(person, place, Standing.MEMBER, Locale.ENGLISH);
    return world.commands.press(caller, action);
  }

  private static Caller operator(Person person, Place place) {
    return new Caller(person, place, new Standing(Set.of(), Permission.OPERATOR), Locale.ENGLISH);
  }
}
