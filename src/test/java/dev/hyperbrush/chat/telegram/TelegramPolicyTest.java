package dev.hyperbrush.chat.telegram;

import static dev.hyperbrush.chat.telegram.TelegramStage.awaitLeft;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitMessage;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.faketelegram.Press;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramChat;
import dev.hyperbrush.faketelegram.TelegramPerson;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, rights and the queue, as people on Telegram meet them. */
final class TelegramPolicyTest {
  @TempDir private Path data;
  private TelegramStage stage;

  @BeforeEach
  void open() {
    stage = new TelegramStage(data);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private TelegramPerson person(String name) {
    return stage.telegram.person(name);
  }

  @Test
  void keepsTheRulesThatAdministratorsMake() {
    TelegramPerson ann = person("Ann");
    TelegramPerson ben = person("Ben");
    TelegramPerson zoe = person("Zoe");
    TelegramChat group = stage.telegram.supergroup("Painters", ann, ben, zoe);
    ben.say(group, "/policy_add --word grotty");
    awaitMessage(group, message -> message.text().contains("MODERATOR") || isRefusal(message));
    ann.say(group, "/policy_add --word grotty --action block");
    awaitMessage(group, message -> message.text().contains("grotty"));
    int asked = ben.say(group, "/imagine a grotty fox");
    SeenMessage refusal =
        awaitMessage(group, m -> m.repliesTo().filter(t -> t == asked).isPresent());
    assertThat(refusal.text()).contains("g…");
    assertThat(refusal.photo()).isEmpty();
    group.promoteAnonymously(zoe);
    zoe.say(group, "/policy_add --word musty --action block");
    awaitText(group, "musty");
    int late = ben.say(group, "/imagine a musty fox");
    awaitMessage(group, m -> m.repliesTo().filter(t -> t == late).isPresent());
    assertThat(TelegramStage.pictures(group)).isEmpty();
  }

  private static boolean isRefusal(SeenMessage message) {
    return message.text().contains("moderator") || message.text().contains("may");
  }

  @Test
  void forgetsWhoWasAdministrator() {
    TelegramPerson ann = person("Ann");
    TelegramPerson ben = person("Ben");
    TelegramChat group = stage.telegram.supergroup("Painters", ann, ben);
    group.promote(ben);
    ben.say(group, "/policy_add --word one");
    awaitText(group, "one");
    group.demote(ben);
    int asked = ben.say(group, "/policy_add --word two");
    SeenMessage refusal =
        awaitMessage(group, m -> m.repliesTo().filter(to -> to == asked).isPresent());
    assertThat(refusal.buttons()).isEmpty();
    assertThat(stage.telegram.calls("getChatAdministrators")).hasSize(2);
  }

  @Test
  void cancelsWhatWaitsAndWhatIsDrawn() {
    stage.world().painter.hold();
    TelegramPerson ann = person("Ann");
    TelegramPerson ben = person("Ben");
    ann.say("a fox");
    SeenMessage drawn = stage.awaitBegun(ann.chat());
    ben.say("a hen");
    SeenMessage waiting = awaitMessage(ben.chat(), m -> m.button("cancel").isPresent());
    Press second = ben.press(ben.chat(), waiting, "cancel");
    Press first = ann.press(ann.chat(), drawn, "cancel");
    await().until(() -> first.answer().isPresent() && second.answer().isPresent());
    awaitText(ann.chat(), "cancelled");
    awaitText(ben.chat(), "cancelled");
    awaitLeft(ann.chat(), 1);
    awaitLeft(ben.chat(), 1);
    assertThat(ann.chat().last().button("again")).isPresent();
  }
}
