package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.discord.DiscordAddress.Channel;
import dev.hyperbrush.chat.discord.DiscordAddress.Dm;
import dev.hyperbrush.chat.discord.DiscordAddress.Hook;
import dev.hyperbrush.chat.discord.DiscordAddress.Message;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiscordAddressTest {
  private static final Hook HOOK =
      Hook.of(
          1L << 60, "aW50ZXJhY3Rpb246MTIz.x-_=", Instant.ofEpochSecond(1_800_000_000), 10 << 20);

  static Stream<DiscordAddress> everyKind() {
    return Stream.of(HOOK, new Message(1, 2), new Channel(3, 4), new Dm(Long.MIN_VALUE));
  }

  @ParameterizedTest
  @MethodSource
  void everyKind(DiscordAddress address) {
    assertThat(DiscordAddress.parse(address.encode())).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "x",
        "c",
        "c:",
        "c:x",
        "c:1",
        "c:1:2:3",
        "m:1",
        "m:1:2:3",
        "d:-1",
        "h:1:2:3",
        "h:1:99999999999999999:3:t",
        "h:1:2:3:",
        "h:1:2:3:/../../x?y",
        "https://example.org"
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(DiscordAddress.parse(text)).isEmpty();
  }

  @Test
  void aHookExpiresAfterFifteenMinutesAndKeepsItsTokenToItself() {
    assertThat(HOOK.expires()).isEqualTo(Instant.ofEpochSecond(1_800_000_900));
    assertThat(HOOK.toString()).doesNotContain(HOOK.token());
  }
}
