package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.delivery.Outcome;
import java.io.IOException;
import java.util.Set;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.requests.Response;
import net.dv8tion.jda.api.utils.data.DataObject;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiscordErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "404, 10062, NextRung", // unknown interaction
    "404, 10015, NextRung", // unknown webhook
    "401, 50027, NextRung", // invalid webhook token
    "404, 10008, NextRung", // unknown message
    "403, 50001, NextRung", // missing access
    "403, 50013, NextRung", // missing permissions
    "404, 10003, NextRung", // unknown channel
    "403, 50007, NextRung", // direct messages closed
    "403, 50278, NextRung", // no server in common
    "400, 50083, NextRung", // archived thread
    "400, 200000, NextRung", // stopped by AutoMod
    "403, 99999, NextRung", // what is new, and forbidden
    "400, 50035, Refused",
    "400, 50006, Refused",
    "405, 0, Refused",
    "401, 0, TryAgain",
    "500, 0, TryAgain",
    "503, 130000, TryAgain",
    "403, 40003, RetryAfter", // direct messages opened too fast
    "400, 20028, RetryAfter", // the channel is written to too much
  })
  void everyErrorMeansOneThing(int status, int code, String outcome) {
    assertThat(DiscordErrors.outcome(error(status, "{\"code\": " + code + ", \"message\": \"m\"}")))
        .extracting(one -> one.getClass().getSimpleName())
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "403, TryAgain",
    "404, TryAgain",
    "401, TryAgain",
    "520, TryAgain",
    "429, RetryAfter",
    "400, Refused",
  })
  void whatDiscordDidNotSayItselfClosesNothing(int status, String outcome) {
    assertThat(DiscordErrors.outcome(error(status, "<html>a proxy</html>")))
        .extracting(one -> one.getClass().getSimpleName())
        .isEqualTo(outcome);
  }

  @Test
  void tooLargeIsSeenWhoeverSaysSo() {
    assertThat(DiscordErrors.isTooLarge(error(413, "{\"code\": 40005, \"message\": \"m\"}")))
        .isTrue();
    assertThat(DiscordErrors.isTooLarge(error(413, "<html></html>"))).isTrue();
    assertThat(DiscordErrors.isTooLarge(error(400, "{\"code\": 50045, \"message\": \"m\"}")))
        .isTrue();
    assertThat(DiscordErrors.isTooLarge(error(400, "{\"code\": 50035, \"message\": \"m\"}")))
        .isFalse();
  }

  @Test
  void aLostConnectionIsTriedAgain() {
    Response lost = new Response(new IOException("reset"), Set.of());
    ErrorResponseException error = ErrorResponseException.create(ErrorResponse.SERVER_ERROR, lost);
    assertThat(DiscordErrors.outcome(error)).isInstanceOf(Outcome.TryAgain.class);
    assertThat(DiscordErrors.isTooLarge(error)).isFalse();
  }

  private static ErrorResponseException error(int status, String body) {
    boolean isJson = body.startsWith("{");
    okhttp3.Response answer =
        new okhttp3.Response.Builder()
            .request(new Request.Builder().url("http://127.0.0.1/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(status)
            .message("")
            .body(
                ResponseBody.create(body, MediaType.get(isJson ? "application/json" : "text/html")))
            .build();
    ErrorResponse known =
        isJson ? ErrorResponse.fromJSON(DataObject.fromJson(body)) : ErrorResponse.SERVER_ERROR;
    return ErrorResponseException.create(known, new Response(answer, -1, Set.of()));
  }
}
