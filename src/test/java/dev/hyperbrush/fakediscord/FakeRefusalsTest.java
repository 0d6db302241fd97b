package dev.hyperbrush.fakediscord;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Discord's refusals, asked for by hand, since JDA sees to it that most never come. */
final class FakeRefusalsTest {
  private static final String COMMANDS =
      """
      [{"name":"imagine","description":"Draws.","options":[
        {"type":3,"name":"prompt","description":"What","required":true}]}]
      """;

  private final FakeDiscord discord = FakeDiscord.start();
  private final FakeGuild guild = discord.guild("Painters");
  private final FakeChannel art = guild.channel("art");
  private final FakePerson ann = guild.join(discord.person("ann"));
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void register() {
    assertThat(ask("PUT", "applications/" + discord.application() + "/commands", COMMANDS))
        .isEqualTo(0);
  }

  @AfterEach
  void stop() {
    client.close();
    discord.close();
  }

  /** Discord's code, or 0 for success. */
  private int ask(String method, String path, String body) {
    HttpResponse<String> response = send(method, path, body);
    return response.statusCode() < 300 ? 0 : code(response.body());
  }

  private HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(discord.api().resolve(path))
            .header("Authorization", "Bot " + discord.token())
            .header("User-Agent", "DiscordBot (test, 1)")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int code(String body) {
    return RestRequest.json(body).path("code").asInt(-1);
  }

  private FakeInteraction imagine() {
    return ann.in(art).slash("imagine", Map.of("prompt", "a fox"));
  }

  private int callback(FakeInteraction use, String body) {
    return ask("POST", "interactions/" + use.id + "/" + use.token + "/callback", body);
  }

  private int edit(FakeInteraction use, String body) {
    return ask("PATCH", original(use), body);
  }

  private String original(FakeInteraction use) {
    return "webhooks/" + discord.application() + "/" + use.token + "/messages/@original";
  }

  private String messages(FakeChannel channel) {
    return "channels/" + channel.id + "/messages";
  }

  @Test
  void lateOrSecondAcknowledgements() {
    FakeInteraction use = imagine();
    assertThat(callback(use, "{\"type\":5}")).isZero();
    assertThat(callback(use, "{\"type\":5}")).isEqualTo(40060);
    FakeInteraction late = imagine();
    discord.advance(Duration.ofMillis(3001));
    assertThat(callback(late, "{\"type\":5}")).isEqualTo(10062);
    assertThat(edit(late, "{\"content\":\"x\"}")).isEqualTo(10015);
    assertThat(callback(imagine(), "{\"type\":5,\"data\":{\"flags\":32768}}")).isEqualTo(50035);
    assertThat(callback(imagine(), "{\"type\":7,\"data\":{\"content\":\"x\"}}")).isEqualTo(50035);
  }

  @Test
  void tokensEnd() {
    FakeInteraction use = imagine();
    callback(use, "{\"type\":5}");
    discord.advance(Duration.ofMinutes(15));
    assertThat(edit(use, "{\"content\":\"x\"}")).isZero();
    discord.advance(Duration.ofMillis(1));
    assertThat(edit(use, "{\"content\":\"x\"}")).isEqualTo(50027);
    FakeInteraction killed = imagine();
    callback(killed, "{\"type\":5}");
    killed.kill();
    assertThat(edit(killed, "{\"content\":\"x\"}")).isEqualTo(10015);
    assertThat(discord.violations()).isEmpty();
    assertThat(edit(killed, "{\"content\":\"x\"}")).isEqualTo(10015);
    assertThat(discord.violations()).hasSize(1);
  }

  @Test
  void channelsThatAreClosedToTheBot() {
    String hello = "{\"content\":\"hello\"}";
    assertThat(ask("POST", messages(art), hello)).isZero();
    art.denyBot(Permission.SEND_MESSAGES);
    assertThat(ask("POST", messages(art), hello)).isEqualTo(50013);
    art.denyBot(Permission.VIEW_CHANNEL);
    assertThat(ask("POST", messages(art), hello)).isEqualTo(50001);
    FakeChannel thread = guild.channel("other").thread("sketches").lock();
    assertThat(ask("POST", messages(thread), hello)).isEqualTo(50083);
    FakeChannel foreign = discord.foreignGuild("Elsewhere").channel("art");
    assertThat(ask("POST", messages(foreign), hello)).isEqualTo(50001);
    art.delete();
    assertThat(ask("POST", messages(art), hello)).isEqualTo(10003);
    assertThat(ask("POST", messages(ann.directMessages()), hello)).isZero();
    ann.blocksDirectMessages();
    assertThat(ask("POST", messages(ann.directMessages()), hello)).isEqualTo(50007);
    FakePerson stranger = discord.person("stranger");
    assertThat(ask("POST", messages(stranger.directMessages()), hello)).isEqualTo(50278);
  }

  @Test
  void whoBringsTheBotAlongGetsFiveFollowUps() {
    FakeGuild elsewhere = discord.foreignGuild("Elsewhere");
    ask(
        "PUT",
        "applications/" + discord.application() + "/commands",
        COMMANDS.replace("\"options\"", "\"integration_types\":[0,1],\"options\""));
    FakePerson bob = elsewhere.join(discord.person("bob")).installsTheBot();
    FakeInteraction use =
        bob.in(elsewhere.channel("art")).slash("imagine", Map.of("prompt", "a fox"));
    assertThat(callback(use, "{\"type\":4,\"data\":{\"content\":\"x\"}}")).isZero();
    String path = "webhooks/" + discord.application() + "/" + use.token;
    for (int i = 0; i < 5; i++) {
      assertThat(ask("POST", path, "{\"content\":\"x\"}")).isZero();
    }
    HttpResponse<String> sixth = send("POST", path, "{\"content\":\"x\"}");
    assertThat(sixth.statusCode()).isIn(400, 429);
  }

  @Test
  void messagesBeyondTheLimits() {
    String many = "x".repeat(2001);
    assertThat(errors("{\"content\":\"" + many + "\"}").path("content").path("_errors")).hasSize(1);
    assertThat(errors("{\"flags\":32768,\"content\":\"x\",\"components\":[" + text(10) + "]}"))
        .hasToString(
            "{\"content\":{\"_errors\":[{\"code\":"
                + "\"MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2\",\"message\":\"The"
                + " 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2\"}]}}");
    assertThat(codes("{\"flags\":32768,\"components\":[" + text(4000) + "," + text(1) + "]}"))
        .containsExactly("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED");
    assertThat(
            codes(
                "{\"flags\":32768,\"components\":[" + (text(1) + ",").repeat(40) + text(1) + "]}"))
        .containsExactly("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED");
    String button = "{\"type\":2,\"style\":1,\"label\":\"a\",\"custom_id\":\"b\"}";
    assertThat(
            codes(
                "{\"content\":\"x\",\"components\":[{\"type\":1,\"components\":["
                    + button
                    + ","
                    + button
                    + "]}]}"))
        .containsExactly("COMPONENT_CUSTOM_ID_DUPLICATED");
    assertThat(
            codes(
                "{\"flags\":32768,\"components\":[{\"type\":12,\"items\":[{\"media\":"
                    + "{\"url\":\"attachment://none.png\"}}]}]}"))
        .containsExactly("UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND");
    assertThat(ask("POST", messages(art), "{\"content\":\"\"}")).isEqualTo(50006);
  }

  private static String text(int length) {
    return "{\"type\":10,\"content\":\"" + "x".repeat(length) + "\"}";
  }

  private JsonNode errors(String body) {
    HttpResponse<String> response = send("POST", messages(art.thread("t")), body);
    assertThat(code(response.body())).isEqualTo(50035);
    return RestRequest.json(response.body()).path("errors");
  }

  private List<String> codes(String body) {
    return errors(body).findValuesAsText("code");
  }

  @Test
  void theSameNonceTwiceIsOneMessage() {
    String body = "{\"content\":\"x\",\"nonce\":\"n1\",\"enforce_nonce\":true}";
    assertThat(ask("POST", messages(art), body)).isZero();
    assertThat(ask("POST", messages(art), body)).isZero();
    assertThat(art.messages()).hasSize(1);
    discord.advance(Duration.ofMinutes(6));
    assertThat(ask("POST", messages(art), body)).isZero();
    assertThat(art.messages()).hasSize(2);
  }

  @Test
  void mentionsCallWhomTheyMay() {
    ask("POST", messages(art), "{\"content\":\"@everyone <@5> <@&6>\"}");
    ask("POST", messages(art), "{\"content\":\"@here\",\"allowed_mentions\":{\"parse\":[]}}");
    assertThat(discord.pings()).containsExactly("everyone", "user 5", "role 6");
  }

  @Test
  void moreThanFiveMessagesInFiveSeconds() {
    for (int i = 0; i < 5; i++) {
      assertThat(ask("POST", messages(art), "{\"content\":\"x\"}")).isZero();
    }
    HttpResponse<String> sixth = send("POST", messages(art), "{\"content\":\"x\"}");
    assertThat(sixth.statusCode()).isEqualTo(429);
    assertThat(sixth.headers().firstValue("Via")).isPresent();
    assertThat(sixth.headers().firstValue("Retry-After")).isPresent();
    assertThat(discord.violations()).hasSize(1);
  }

  @Test
  void linksToFilesEnd() {
    FakeMessage message = ann.in(art).write("look", FakeFile.of("a b.png", new byte[] {1}));
    URI link = URI.create(message.files().getFirst().url());
    assertThat(get(link)).isEqualTo(200);
    discord.advance(Duration.ofHours(25));
    assertThat(get(link)).isEqualTo(404);
  }

  private int get(URI link) {
    try {
      return client
          .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void commandsBeyondTheLimits() {
    String path = "applications/" + discord.application() + "/commands";
    assertThat(ask("PUT", path, COMMANDS.replace("imagine", "Imagine"))).isEqualTo(50035);
    assertThat(ask("PUT", path, COMMANDS.replace("Draws.", "x".repeat(101)))).isEqualTo(50035);
    String choices = "{\"name\":\"a\",\"value\":\"a\"}";
    assertThat(
            ask(
                "PUT",
                path,
                COMMANDS.replace(
                    "\"required\":true", "\"autocomplete\":true,\"choices\":[" + choices + "]")))
        .isEqualTo(50035);
    assertThat(discord.commands()).hasSize(1);
  }
}
