package dev.hyperbrush.faketelegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.NodePeer;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A bot written with grammY, which knows Telegram and not the fake, finds nothing wrong in it. */
final class GrammyTest {
  private final FakeTelegram telegram = FakeTelegram.start();
  private final TelegramPerson ann = telegram.person("Ann");

  @Test
  void goesThroughAllThatABotDoes() throws IOException, InterruptedException {
    try (telegram;
        NodePeer bot = NodePeer.start("grammy", telegram.api().toString(), telegram.token())) {
      assertThat(bot.line()).isEqualTo("here is hyperbrush_bot");
      pictures(bot);
      refusals(bot);
      buttons(bot);
      ann.say("bye");
      assertThat(bot.line()).isEqualTo("bye");
      assertThat(bot.awaitEnd()).isZero();
      assertThat(telegram.waiting()).isZero();
      assertThat(telegram.violations()).hasSize(1).first().asString().contains("can't parse");
    }
  }

  private void pictures(NodePeer bot) throws InterruptedException {
    ann.say("/imagine a fox");
    assertThat(bot.line()).isEqualTo("edited into 1 sizes, 1 wide");
    ann.say("/document@hyperbrush_bot");
    assertThat(bot.line()).isEqualTo("document pixel.png image/png true");
    TelegramPerson bob = telegram.person("Bob");
    bob.say("/photo");
    assertThat(bot.line()).isEqualTo("photo true true");
    TelegramPerson eve = telegram.person("Eve");
    eve.say("/album");
    assertThat(bot.line()).isEqualTo("album of 2, one group true");
  }

  private void refusals(NodePeer bot) throws InterruptedException {
    telegram.faults().next(1, "sendChatAction", Faults.tooMany(3));
    telegram.person("Zoe").say("/wrong");
    assertThat(bot.line())
        .startsWith("open tag: 400 Bad Request: can't parse entities: Can't find");
    assertThat(bot.line()).isEqualTo("stranger: 400 Bad Request: chat not found {}");
    assertThat(bot.line()).contains("retry after 3 {\"retry_after\":3}");
  }

  private void buttons(NodePeer bot) throws InterruptedException {
    SeenMessage picture = ann.chat().fromBot().getFirst();
    Press press = ann.press(ann.chat(), picture, "again");
    assertThat(bot.line()).isEqualTo("pressed below 1 sizes");
    assertThat(press.answer()).contains(new Press.Answer("again", false, Optional.empty()));
    assertThat(ann.chat().message(picture.id()).text()).isEqualTo("pressed");
    InlineAsk ask = ann.type("foxes");
    assertThat(bot.line()).isEqualTo("asked for foxes");
    await().until(() -> ask.answer().isPresent());
    assertThat(ask.answer().orElseThrow().results()).hasSize(1);
  }
}
