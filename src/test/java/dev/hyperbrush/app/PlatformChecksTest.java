package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hyperbrush.chat.Finding;
import dev.hyperbrush.chat.Finding.Verdict;
import dev.hyperbrush.chat.discord.DiscordCheck;
import dev.hyperbrush.chat.discord.DiscordSettings;
import dev.hyperbrush.chat.telegram.TelegramCheck;
import dev.hyperbrush.chat.telegram.TelegramSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the doctor reads out of the answers of a server that answers like the platforms. */
final class PlatformChecksTest {
  private static final String TOKEN = "123456:ABC-DEF_ghijklmnop";

  private record Answer(int status, String body) {}

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> authorizations = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          Answer answer =
              answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, "{}"));
          byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    discord("users/@me", 200, "{\"id\":\"1\",\"username\":\"brush\"}");
    discord(
        "applications/@me",
        200,
        "{\"id\":\"77\",\"bot_public\":true,\"bot_require_code_grant\":false,"
            + "\"integration_types_config\":{\"0\":{},\"1\":{}},\"interactions_endpoint_url\":null}");
    starts(900);
    telegram(
        "getMe",
        200,
        "{\"ok\":true,\"result\":{\"id\":1,\"username\":\"brush_bot\",\"can_join_groups\":true,"
            + "\"can_read_all_group_messages\":false,\"supports_inline_queries\":true}}");
    telegram(
        "getWebhookInfo",
        200,
        "{\"ok\":true,\"result\":{\"url\":\"\",\"pending_update_count\":2}}");
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void whatIsInOrderIsSaidWithTheWayToInviteTheBot() throws Exception {
    List<Finding> discord = discord();
    assertThat(discord).extracting(Finding::verdict).containsOnly(Verdict.OK);
    assertThat(words(discord))
        .contains(
            "brush",
            "https://discord.com/oauth2/authorize?client_id=77&scope=bot+applications.commands",
            "900 of 1000 starts");
    assertThat(authorizations).containsOnly("Bot " + TOKEN);

    List<Finding> telegram = telegram();
    assertThat(telegram).extracting(Finding::verdict).containsOnly(Verdict.OK);
    assertThat(words(telegram))
        .contains("https://t.me/brush_bot", "privacy mode is on", "2 messages");
  }

  @Test
  void aWrongTokenIsBrokenAndIsNeverSaid() throws Exception {
    discord("users/@me", 401, "{\"message\":\"401: Unauthorized\",\"code\":0}");
    telegram("getMe", 401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}");

    assertBroken(discord(), "does not know this token", "HYPERBRUSH_DISCORD_TOKEN");
    assertBroken(telegram(), "does not know this token", "HYPERBRUSH_TELEGRAM_TOKEN");
    telegram("getMe", 404, "{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}");
    assertBroken(telegram(), "does not know this token", "@BotFather");
  }

  @Test
  void aLimitIsNoWrongToken() throws Exception {
    discord("users/@me", 429, "{\"message\":\"slow\",\"retry_after\":64.57,\"global\":false}");
    telegram("getMe", 429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":30}}");

    for (Finding finding : List.of(discord().getFirst(), telegram().getFirst())) {
      assertThat(finding.verdict()).isEqualTo(Verdict.ATTENTION);
      assertThat(finding.found()).contains("too many requests");
    }
    assertThat(discord().getFirst().remedy()).contains("Wait 64 seconds");
    assertThat(telegram().getFirst().remedy()).contains("Wait 30 seconds");
  }

  @Test
  void noNetworkIsNoWrongTokenEither() throws Exception {
    int port = server.getAddress().getPort();
    server.stop(0);
    URI nobody = URI.create("http://127.0.0.1:" + port + "/");

    assertBroken(
        DiscordCheck.run(new DiscordSettings(Optional.of(TOKEN), Optional.of(nobody), 0)),
        "cannot be reached: the connection is refused",
        "network");
    assertBroken(
        TelegramCheck.run(new TelegramSettings(Optional.of(TOKEN), Optional.of(nobody))),
        "cannot be reached: the connection is refused",
        "network");
    URI nowhere = URI.create("http://hyperbrush.invalid/");
    assertBroken(
        TelegramCheck.run(new TelegramSettings(Optional.of(TOKEN), Optional.of(nowhere))),
        "its name cannot be found",
        "DNS");
  }

  @Test
  void whatKeepsCommandsFromTheBotIsBroken() throws Exception {
    discord(
        "applications/@me",
        200,
        "{\"id\":\"77\",\"bot_public\":false,\"bot_require_code_grant\":true,"
            + "\"integration_types_config\":{\"0\":{}},"
            + "\"interactions_endpoint_url\":\"https://example.org\"}");
    starts(0);
    List<Finding> findings = discord();

    assertThat(broken(findings))
        .hasSize(3)
        .anyMatch(finding -> finding.remedy().contains("Interactions Endpoint URL"))
        .anyMatch(finding -> finding.remedy().contains("OAuth2 Code Grant"))
        .anyMatch(finding -> finding.remedy().contains("Wait 60 minutes"));
    assertThat(findings)
        .filteredOn(finding -> finding.verdict() == Verdict.ATTENTION)
        .extracting(Finding::remedy)
        .anyMatch(remedy -> remedy.contains("Public Bot"))
        .anyMatch(remedy -> remedy.contains("User Install"));
    starts(5);
    assertThat(words(discord())).contains("5 of 1000 starts");
  }

  @Test
  void whatTelegramDoesOtherwiseThanOneMayExpectIsSaid() throws Exception {
    telegram(
        "getMe",
        200,
        "{\"ok\":true,\"result\":{\"username\":\"b\",\"can_join_groups\":false,"
            + "\"can_read_all_group_messages\":true,\"supports_inline_queries\":false}}");
    telegram(
        "getWebhookInfo",
        200,
        "{\"ok\":true,\"result\":{\"url\":\"https://example.org\",\"pending_update_count\":5000}}");

    assertThat(telegram())
        .filteredOn(finding -> finding.verdict() == Verdict.ATTENTION)
        .hasSize(5)
        .allMatch(finding -> !finding.remedy().isEmpty());
  }

  @Test
  void answersThatAreNoneDoNotEndTheCheck() throws Exception {
    discord("users/@me", 502, "<html>bad gateway</html>");
    telegram("getMe", 200, "[]");

    assertThat(discord().getFirst().found()).contains("502");
    assertThat(telegram().getFirst().verdict()).isEqualTo(Verdict.ATTENTION);
    assertThat(DiscordCheck.run(new DiscordSettings(Optional.of("a\nb"), Optional.of(base()), 0)))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.BROKEN);
    assertThat(TelegramCheck.run(new TelegramSettings(Optional.of("../x y"), Optional.of(base()))))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.BROKEN);
  }

  @Test
  void withoutATokenNobodyIsAsked() throws Exception {
    assertThat(DiscordCheck.run(DiscordSettings.NONE))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.OK);
    assertThat(TelegramCheck.run(new TelegramSettings(Optional.empty(), Optional.of(base()))))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.OK);
    assertThat(authorizations).isEmpty();
  }

  private List<Finding> discord() throws InterruptedException {
    List<Finding> findings =
        DiscordCheck.run(
            new DiscordSettings(Optional.of(TOKEN), Optional.of(base().resolve("/api/v10/")), 0));
    assertThat(words(findings)).doesNotContain(TOKEN, "ABC-DEF");
    return findings;
  }

  private List<Finding> telegram() throws InterruptedException {
    List<Finding> findings =
        TelegramCheck.run(new TelegramSettings(Optional.of(TOKEN), Optional.of(base())));
    assertThat(words(findings)).doesNotContain(TOKEN, "ABC-DEF");
    return findings;
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void discord(String path, int status, String body) {
    answers.put("/api/v10/" + path, new Answer(status, body));
  }

  private void starts(int left) {
    discord(
        "gateway/bot",
        200,
        "{\"url\":\"wss://x\",\"shards\":1,\"session_start_limit\":{\"total\":1000,\"remaining\":"
            + left
            + ",\"reset_after\":3600000,\"max_concurrency\":1}}");
  }

  private void telegram(String method, int status, String body) {
    answers.put("/bot" + TOKEN + "/" + method, new Answer(status, body));
  }

  private static List<Finding> broken(List<Finding> findings) {
    return findings.stream().filter(finding -> finding.verdict() == Verdict.BROKEN).toList();
  }

  private static void assertBroken(List<Finding> findings, String found, String remedy) {
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(findings.getFirst().found()).contains(found);
    assertThat(findings.getFirst().remedy()).contains(remedy);
    assertThat(words(findings)).doesNotContain(TOKEN, "ABC-DEF");
  }

  private static String words(List<Finding> findings) {
    return String.join("\n", findings.stream().map(Finding::toString).toList());
  }
}
