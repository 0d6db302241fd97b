package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TelegramAddressTest {
  @Test
  void isReadAsItWasWritten() {
    isReadAsWritten(new TelegramAddress.Message(-1001234567890L, OptionalInt.of(7), 42));
    isReadAsWritten(new TelegramAddress.Message(5, OptionalInt.empty(), 1));
    isReadAsWritten(new TelegramAddress.Chat(-5, OptionalInt.empty(), OptionalInt.of(3)));
    isReadAsWritten(new TelegramAddress.Chat(-5, OptionalInt.of(9), OptionalInt.empty()));
    isReadAsWritten(new TelegramAddress.Private(4503599627370495L));
  }

  private static void isReadAsWritten(TelegramAddress address) {
    assertThat(TelegramAddress.parse(address.encode())).contains(address);
    assertThat(address.destination().lane()).isEqualTo(String.valueOf(address.chat()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "m5", "p5/1/1", "m5/1/0", "x5", "m5/1", "m-/1/1", "m5/1/1 ", "c５/1/1"})
  void whatIsNoneIsNone(String text) {
    assertThat(TelegramAddress.parse(text)).isEmpty();
  }
}
