package dev.hyperbrush.chat.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.chat.ApiCheck;
import dev.hyperbrush.chat.ApiProbe;
import dev.hyperbrush.chat.Finding;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at what Discord says of the bot's token and application. Changes nothing there. */
public final class DiscordCheck {
  private static final String SUBJECT = "Discord";
  private static final URI DISCORD = URI.create("https://discord.com/api/v10/");
  private static final String PORTAL = "discord.com/developers/applications";

  /** Starts that are left below which one should not try around. */
  private static final int FEW_STARTS = 20;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  /** Where people install the bot: on a server, or for themselves. */
  private static final String FOR_PEOPLE = "1";

  private final ApiCheck check;

  private DiscordCheck(ApiCheck check) {
    this.check = check;
  }

  /** What is to know; one line when there is no token. */
  public static List<Finding> run(DiscordSettings settings) throws InterruptedException {
    if (settings.token().isEmpty()) {
      return List.of(
          Finding.ok(SUBJECT, "not set up: there is no token. docs/discord.md tells how"));
    }
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bot " + settings.token().get(),
            "User-Agent",
            "DiscordBot (hyperbrush, 1)");
    try (ApiProbe probe = new ApiProbe(settings.api().orElse(DISCORD), headers)) {
      ApiCheck check = new ApiCheck(SUBJECT, probe);
      new DiscordCheck(check).all();
      return check.findings();
    } catch (IllegalArgumentException e) {
      return List.of(
          Finding.broken(
              SUBJECT,
              "the token has signs that no token has",
              "Copy it anew from " + PORTAL + ", Bot, Reset Token."));
    }
  }

  private void all() throws InterruptedException {
    Optional<JsonNode> user = ask("users/@me");
    if (user.isEmpty()) {
      return; // the rest would say the same
    }
    check.ok("the token is that of " + user.get().path("username").asText());
    Optional<JsonNode> application = ask("applications/@me");
    application.ifPresent(this::application);
    Optional<JsonNode> gateway = ask("gateway/bot");
    gateway.ifPresent(this::gateway);
  }

  private Optional<JsonNode> ask(String path) throws InterruptedException {
    return check.ask(
        path,
        "too many requests were made from this address or with this token",
        answer -> said(path, answer.status(), answer.body()));
  }

  private Optional<JsonNode> said(String path, int status, JsonNode body) {
    if (status == OK && body.isObject()) {
      return Optional.of(body);
    }
    if (status == UNAUTHORIZED) {
      check.broken(
          "Discord does not know this token",
          "Make a new one at "
              + PORTAL
              + ", Bot, Reset Token, and put it into HYPERBRUSH_DISCORD_TOKEN or the file"
              + " discord.tokenFile.");
    } else {
      check.attention(
          "to " + path + " it answers " + status,
          "If that stays so, see discordstatus.com, and discord.api in the settings.");
    }
    return Optional.empty();
  }

  private void application(JsonNode application) {
    check.ok("invite it with " + Invitation.link(application.path("id").asText()));
    if (!application.path("interactions_endpoint_url").asText("").isEmpty()) {
      check.broken(
          "commands are sent to a web address, and never reach the bot",
          "Empty “Interactions Endpoint URL” at " + PORTAL + ", General Information.");
    }
    if (application.path("bot_require_code_grant").asBoolean()) {
      check.broken(
          "the invite link does not work, as a code grant is required",
          "Switch off “Requires OAuth2 Code Grant” at " + PORTAL + ", Bot.");
    }
    if (!application.path("bot_public").asBoolean(true)) {
      check.attention(
          "only you can invite it",
          "For others to, switch on “Public Bot” at " + PORTAL + ", Bot.");
    }
    JsonNode installs = application.path("integration_types_config");
    if (installs.isObject() && !installs.has(FOR_PEOPLE)) {
      check.attention(
          "people cannot install it for themselves, to use it on any server",
          "For that, switch on “User Install” at " + PORTAL + ", Installation.");
    }
  }

  private void gateway(JsonNode gateway) {
    JsonNode starts = gateway.path("session_start_limit");
    int left = starts.path("remaining").asInt();
    Duration reset = Duration.ofMillis(starts.path("reset_after").asLong());
    String found =
        "%d of %d starts are left today; %d connections are recommended"
            .formatted(left, starts.path("total").asInt(), gateway.path("shards").asInt(1));
    if (left == 0) {
      check.broken(found, "Wait " + reset.toMinutes() + " minutes before the next start.");
    } else if (left < FEW_STARTS) {
      check.attention(found, "Start it seldom in the next " + reset.toMinutes() + " minutes.");
    } else {
      check.ok(found);
    }
  }
}
