package dev.hyperbrush.faketelegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is to go wrong goes wrong. */
final class FaultsTest {
  private final FakeTelegram telegram = FakeTelegram.start();
  private final Wire wire = new Wire(telegram);
  private final TelegramPerson ann = telegram.person("Ann");

  @BeforeEach
  void begin() {
    ann.say("hello");
  }

  @AfterEach
  void end() {
    wire.close();
    telegram.close();
  }

  private String hello() {
    return "{'chat_id':%d,'text':'hello'}".formatted(ann.id());
  }

  @Test
  void answersWithPagesOfAServerInFront() {
    telegram.faults().next(1, "sendMessage", Faults.page(502));
    HttpResponse<String> answer = wire.post("sendMessage", "application/json", "{}");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).startsWith("<html>");
    assertThat(wire.call("sendMessage", hello()).path("ok").asBoolean()).isTrue();
    assertThat(telegram.faults().left()).isZero();
  }

  @Test
  void noticesWhoDoesNotWait() {
    telegram.faults().next(1, "sendMessage", Faults.tooMany(30));
    wire.call("sendMessage", hello());
    wire.call("sendMessage", hello());
    assertThat(telegram.violations())
        .containsExactly("sendmessage: called again before retry_after was over");
  }

  @Test
  void dropsConnectionsBeforeAndAfterTheWork() {
    telegram.faults().next(1, "sendMessage", Faults.dropInRequest());
    assertThatThrownBy(() -> wire.call("sendMessage", hello()))
        .isInstanceOf(Wire.LostConnection.class);
    assertThat(ann.chat().fromBot()).isEmpty();
    telegram.faults().next(1, "sendMessage", Faults.dropAnswer());
    assertThatThrownBy(() -> wire.call("sendMessage", hello()))
        .isInstanceOf(Wire.LostConnection.class);
    assertThat(ann.chat().fromBot()).hasSize(1);
  }

  @Test
  void goesAwayAndComesBackWithAllThatItKnew() {
    telegram.away();
    assertThatThrownBy(() -> wire.call("getMe", "{}")).isInstanceOf(Wire.LostConnection.class);
    telegram.back();
    assertThat(wire.call("getUpdates", "{}").path("result")).hasSize(1);
  }

  @Test
  void knowsNoRevokedToken() {
    telegram.faults().revokeToken();
    assertThat(wire.call("getMe", "{}").path("error_code").asInt()).isEqualTo(401);
  }
}
