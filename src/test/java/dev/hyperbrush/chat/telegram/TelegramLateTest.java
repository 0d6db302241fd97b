package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.chat.telegram.Incoming.Room;
import dev.hyperbrush.chat.telegram.Incoming.Said;
import dev.hyperbrush.chat.telegram.Incoming.Sender;
import dev.hyperbrush.faketelegram.FakeTelegram;
import dev.hyperbrush.faketelegram.TelegramPerson;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.TelegramUpdateDao;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes too late, or was begun by a program that ended, is not done but answered. */
final class TelegramLateTest {
  private static final long BOT =
      Long.parseLong(FakeTelegram.TOKEN.substring(0, FakeTelegram.TOKEN.indexOf(':')));

  @TempDir private Path data;

  @Test
  void saysWhatItDidNotDo() {
    try (FakeTelegram telegram = FakeTelegram.start();
        ChatWorld world = new ChatWorld(data)) {
      TelegramPerson ann = telegram.person("Ann");
      TelegramPerson ben = telegram.person("Ben");
      ann.say("/help preset");
      ben.say("hello");
      Instant now = Instant.now();
      TelegramUpdateDao updates = new TelegramUpdateDao(world.database, BOT);
      updates.keep(
          new TreeMap<>(
              Map.of(
                  1L, said(ann, now.minus(Duration.ofHours(25)), "a fox"),
                  2L, said(ben, now, "/language de"))),
          now);
      updates.begin(2);
      world.with(
          TelegramAdapter.start(
              new TelegramSettings(Optional.of(telegram.token()), Optional.of(telegram.api())),
              world.parts));
      await().until(() -> ann.chat().fromBot().size() == 2 && ben.chat().fromBot().size() == 2);
      assertThat(ann.chat().fromBot().getFirst().text()).contains("more than a day ago");
      assertThat(ben.chat().fromBot().getFirst().text()).contains("I was stopped");
      assertThat(new JobDao(world.database).find(2)).isEmpty();
      assertThat(updates.open()).isEmpty();
    }
  }

  private static String said(TelegramPerson person, Instant at, String text) {
    return IncomingJson.write(
        new Said(
            new Sender(person.id(), "x", Optional.of("en"), OptionalLong.empty()),
            new Room(person.id(), false, OptionalInt.empty()),
            77,
            at.getEpochSecond(),
            text,
            Optional.empty(),
            OptionalLong.empty()));
  }
}
