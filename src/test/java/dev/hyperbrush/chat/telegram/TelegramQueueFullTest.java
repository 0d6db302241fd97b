package dev.hyperbrush.chat.telegram;

import static dev.hyperbrush.chat.telegram.TelegramStage.awaitMessage;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPicture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.policy.QueueLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where only one job may wait. */
final class TelegramQueueFullTest {
  @TempDir private Path data;

  @Test
  void saysWhenTheQueueIsFullAndDrawsWhatIsInIt() {
    OperatorSettings usual = ChatWorld.allowing(100);
    try (TelegramStage stage =
        new TelegramStage(
            data,
            new OperatorSettings(
                usual.defaultModel(),
                usual.maxPixels(),
                usual.maxSteps(),
                usual.maxCount(),
                usual.maxPromptLength(),
                usual.allowances(),
                new QueueLimits(1, 1),
                usual.quotaDay()),
            Optional.empty(),
            Duration.ZERO)) {
      stage.world().painter.hold();
      TelegramPerson ann = stage.telegram.person("Ann");
      TelegramPerson ben = stage.telegram.person("Ben");
      TelegramPerson cat = stage.telegram.person("Cat");
      ann.say("a fox");
      stage.awaitBegun(ann.chat());
      ben.say("a hen");
      awaitMessage(ben.chat(), message -> message.button("cancel").isPresent());
      cat.say("an owl");
      SeenMessage full = awaitMessage(cat.chat(), message -> !message.text().isEmpty());
      assertThat(full.text()).contains("wait");
      assertThat(full.button("cancel")).isEmpty();
      stage.world().painter.go();
      awaitPicture(ann.chat());
      awaitPicture(ben.chat());
    }
  }
}
