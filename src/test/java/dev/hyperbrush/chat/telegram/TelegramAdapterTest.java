package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.delivery.ChatPlatform;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.Faults;
import dev.hyperbrush.faketelegram.InlineAsk;
import dev.hyperbrush.faketelegram.Press;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.HistoryFilter;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.PersonLookup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot hears what people say on Telegram, and answers there. */
final class TelegramAdapterTest {
  @TempDir private Path data;
  private final FakeTelegram telegram = FakeTelegram.start();
  private final TelegramPerson ann = telegram.person("Ann");
  private final TelegramPerson ben = telegram.person("Ben", Optional.of("de"));
  private final TelegramPerson cleo = telegram.person("Cleo", Optional.empty());
  private ChatWorld world;
  private ChatPlatform bot;

  @BeforeEach
  void start() {
    telegram.withoutRates();
    open();
  }

  private void open() {
    world = new ChatWorld(data);
    bot =
        world.with(
            TelegramAdapter.start(
                new TelegramSettings(Optional.of(telegram.token()), Optional.of(telegram.api())),
                world.parts,
                new Pace(world.parts.clock(), Duration.ZERO)));
  }

  private void draw() {
    world.post(Map.of(bot.name(), bot.courier()));
    world.draw();
  }

  /** Waits for the picture that the last message of the bot becomes. */
  private static SeenMessage awaitPicture(TelegramChat chat) {
    await().until(() -> !chat.fromBot().isEmpty() && chat.last().photo().isPresent());
    return chat.last();
  }

  private void restart() {
    world.close();
    open();
  }

  @AfterEach
  void close() {
    world.close();
    telegram.close();
    assertThat(telegram.violations()).isEmpty();
  }

  private List<Job> jobs(TelegramPerson person) {
    return new PersonLookup(world.database)
        .byId("telegram", String.valueOf(person.id()))
        .map(known ->
            new HistoryDao(world.database)
                .before(known.personId(), HistoryFilter.NONE, Long.MAX_VALUE, 100)
                .jobs())
        .orElse(List.of());
  }

  private static void awaitFromBot(TelegramChat chat, int count) {
    await().until(() -> chat.fromBot().size() >= count);
  }

  @Test
  void drawsWhatIsSaidInPrivate() {
    ann.say("a fox --seed 7");
    ann.say("/imagine a hen");
    awaitFromBot(ann.chat(), 2);
    assertThat(jobs(ann))
        .extracting(job -> job.request().prompt())
        .containsExactly("a hen", "a fox");
    assertThat(ann.chat().last().button("cancel")).isPresent();
  }

  @Test
  void drawsOnceWhatWasSaidWhileItWasAway() {
    ann.say("a fox");
    awaitFromBot(ann.chat(), 1);
    world.close();
    ann.say("a hen");
    ann.sayTwice("a cow");
    open();
    awaitFromBot(ann.chat(), 4);
    restart();
    ann.say("a pig");
    awaitFromBot(ann.chat(), 5);
    assertThat(jobs(ann))
        .extracting(job -> job.request().prompt())
        .containsExactly("a pig", "a cow", "a hen", "a fox");
  }

  @Test
  void greetsInTheLanguageOfThePerson() {
    ben.open("hello");
    awaitFromBot(ben.chat(), 1);
    assertThat(ben.chat().last().text()).startsWith("Hallo!");
  }

  @Test
  void answersInAGroupWhereItWasAsked() {
    TelegramChat group = telegram.supergroup("Painters", ann, ben);
    int topic = group.topic("Foxes");
    int asked = ann.say(group, "/imagine@" + telegram.botName() + " a fox");
    awaitFromBot(group, 1);
    ben.sayIn(group, topic, "/imagine a hen");
    ben.say(group, "/imagine@other_bot a cow");
    awaitFromBot(group, 2);
    assertThat(group.fromBot().getFirst().repliesTo()).contains(asked);
    assertThat(group.fromBot().getLast().thread()).contains(topic);
    assertThat(jobs(ben)).hasSize(1);
    Job fox = jobs(ann).getFirst();
    assertThat(fox.origin().channel()).isEqualTo("" + group.id());
    assertThat(fox.origin().server()).contains("" + group.id());
    assertThat(jobs(ben).getFirst().origin().channel()).isEqualTo(group.id() + "/" + topic);
  }

  @Test
  void goesOnWithAPictureByReplyAndByButton() {
    draw();
    TelegramChat group = telegram.supergroup("Painters", ann, ben);
    ann.say(group, "/imagine a fox --steps 2");
    SeenMessage fox = awaitPicture(group);
    ben.reply(group, fox.id(), "/vary");
    await().until(() -> jobs(ben).size() == 1);
    assertThat(jobs(ben).getFirst().request().prompt()).isEqualTo("a fox");
    Press again = ben.press(group, fox, "again");
    await().until(() -> jobs(ben).size() == 2);
    await().until(() -> again.answer().isPresent());
    Press favourite = ben.press(group, fox, "favourite");
    await().until(() -> favourite.answer().isPresent());
    assertThat(favourite.answer().orElseThrow().alert()).isTrue();
    Press invented = ben.pressData(group, fox.id(), "nonsense");
    await().until(() -> invented.answer().isPresent());
    assertThat(invented.answer().orElseThrow().alert()).isTrue();
    Press own = ann.press(group, fox, "favourite");
    await().until(() -> own.answer().isPresent());
    assertThat(own.answer().orElseThrow().alert()).isFalse();
    await().until(() -> group.message(fox.id()).button("favourite").isPresent());
    await()
        .until(() -> !group.message(fox.id()).button("favourite").equals(fox.button("favourite")));
  }

  @Test
  void answersEveryPressOfAButtonThatWasPressedAgain() {
    ann.say("a fox");
    awaitFromBot(ann.chat(), 1);
    world.close();
    SeenMessage waiting = ann.chat().last();
    Press first = ann.press(ann.chat(), waiting, "cancel");
    Press second = ann.press(ann.chat(), waiting, "cancel");
    open();
    await().until(() -> first.answer().isPresent() && second.answer().isPresent());
  }

  @Test
  void asksForOtherWordsAndTakesThemFromTheReply() {
    draw();
    ann.say("a fox --seed 7 --steps 2");
    SeenMessage fox = awaitPicture(ann.chat());
    ann.reply(ann.chat(), fox.id(), "/remix");
    await().until(() -> ann.chat().last().text().startsWith("✎ #"));
    ann.reply(ann.chat(), ann.chat().last().id(), "a hen");
    await().until(() -> jobs(ann).size() == 2);
    assertThat(jobs(ann).getFirst().request().prompt()).isEqualTo("a hen");
    assertThat(jobs(ann).getFirst().request().seed().value()).isEqualTo(7);
  }

  @Test
  void saysInPrivateWhatIsForOnePersonAlone() {
    TelegramChat group = telegram.supergroup("Painters", ann, ben);
    ann.say(group, "/about");
    awaitFromBot(group, 1);
    assertThat(group.last().buttons().getFirst().url())
        .contains("https://t.me/" + telegram.botName() + "?start=hello");
    ann.open("hello");
    awaitFromBot(ann.chat(), 1);
    ann.say(group, "/about");
    awaitFromBot(ann.chat(), 2);
    assertThat(group.fromBot()).hasSize(1);
  }

  @Test
  void knowsWhoKeepsOrder() {
    TelegramChat group = telegram.supergroup("Painters", ann, ben, cleo);
    ben.say(group, "/bans");
    awaitFromBot(group, 1);
    assertThat(group.last().text()).contains("/bans");
    group.promoteAnonymously(cleo);
    cleo.say(group, "/policy_list");
    awaitFromBot(group, 2);
    group.promote(ben);
    ben.say(group, "/policy_list");
    awaitFromBot(group, 3);
    group.demote(ben);
    ben.say(group, "/policy_list");
    awaitFromBot(group, 4);
    List<String> said = group.fromBot().stream().map(SeenMessage::text).toList();
    assertThat(said.get(3)).isNotEqualTo(said.get(2));
  }

  @Test
  void followsAGroupThatBecomesASupergroup() {
    TelegramChat small = telegram.group("Painters", ann);
    ann.say(small, "/imagine a fox");
    awaitFromBot(small, 1);
    TelegramChat large = small.upgrade();
    ann.say(large, "/imagine a hen");
    awaitFromBot(large, 1);
    assertThat(jobs(ann))
        .extracting(job -> job.origin().server())
        .containsOnly(Optional.of("" + small.id()));
    draw();
    await()
        .until(() ->
            large.fromBot().stream().filter(message -> message.photo().isPresent()).count() == 2);
  }

  @Test
  void findsOnesOwnPicturesInAnyChat() {
    draw();
    ann.say("a fox --steps 2");
    awaitPicture(ann.chat());
    InlineAsk ask = ann.type("FOX");
    await().until(() -> ask.answer().isPresent());
    assertThat(ask.answer().orElseThrow().results()).hasSize(1);
    assertThat(ask.answer().orElseThrow().personal()).isTrue();
    InlineAsk other = ben.type("fox");
    await().until(() -> other.answer().isPresent());
    assertThat(other.answer().orElseThrow().results()).isEmpty();
    assertThat(other.answer().orElseThrow().button()).isPresent();
    assertThat(ann.choose(ask, telegram.group("Painters", ann), 0).photo()).isPresent();
  }

  @Test
  void opensWhatALinkShows() {
    draw();
    ann.say("a fox --steps 2");
    awaitPicture(ann.chat());
    long id = jobs(ann).getFirst().id();
    ann.open("show_" + id);
    await().until(() -> ann.chat().fromBot().size() == 2);
    assertThat(ann.chat().last().photo()).isPresent();
    ben.open("show_" + id);
    awaitFromBot(ben.chat(), 1);
    assertThat(ben.chat().last().photo()).isEmpty();
  }

  @Test
  void setsTheListsOfCommandsOnce() {
    await().until(() -> telegram.calls("setmycommands").size() == 21);
    restart();
    ann.say("/help");
    awaitFromBot(ann.chat(), 1);
    assertThat(telegram.calls("setmycommands")).hasSize(21);
    assertThat(telegram.profile().toString()).contains("preset_save").contains("forget_me");
  }

  @Test
  void setsAListLaterThatIsTooMuchNow() {
    await().until(() -> telegram.calls("setmycommands").size() == 21);
    world.close();
    telegram.faults().next(1, "setMyCommands", Faults.tooMany(1));
    data = data.resolve("empty");
    open();
    await().until(() -> telegram.calls("setmycommands").size() == 21 + 22);
  }

  @Test
  void answersWhoeverNamesNoLanguage() {
    ben.say("/help imagine");
    awaitFromBot(ben.chat(), 1);
    cleo.say("/queue");
    awaitFromBot(cleo.chat(), 1);
    assertThat(ben.chat().last().text()).contains("malt");
  }

  @Test
  void comesBackWithinSecondsAfterAnOutage() {
    ann.say("/help");
    awaitFromBot(ann.chat(), 1);
    telegram.away();
    ann.say("a fox");
    await().during(Duration.ofSeconds(1)).until(() -> jobs(ann).isEmpty());
    telegram.back();
    await().atMost(Duration.ofSeconds(6)).until(() -> jobs(ann).size() == 1);
  }
}
