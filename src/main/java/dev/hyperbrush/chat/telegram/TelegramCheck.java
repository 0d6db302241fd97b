package dev.hyperbrush.chat.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.chat.ApiCheck;
import dev.hyperbrush.chat.ApiProbe;
import dev.hyperbrush.chat.Finding;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at what Telegram says of the bot's token and settings. Changes nothing there. */
public final class TelegramCheck {
  private static final String SUBJECT = "Telegram";
  private static final URI TELEGRAM = URI.create("https://api.telegram.org");

  /** The form of every token; others would not even make an address. */
  private static final Pattern TOKEN = Pattern.compile("\\d{1,20}:[\\w-]{10,200}");

  /** Telegram keeps what nobody fetches for a day. */
  private static final int MANY_PENDING = 1000;

  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final ApiCheck check;

  private TelegramCheck(ApiCheck check) {
    this.check = check;
  }

  /** What is to know; one line when there is no token. */
  public static List<Finding> run(TelegramSettings settings) throws InterruptedException {
    if (settings.token().isEmpty()) {
      return List.of(
          Finding.ok(SUBJECT, "not set up: there is no token. docs/telegram.md tells how"));
    }
    String token = settings.token().get();
    if (!TOKEN.matcher(token).matches()) {
      return List.of(
          Finding.broken(
              SUBJECT,
              "what stands there is no token",
              "A token looks like 123456:ABC-DEF and comes from @BotFather, /mybots, API Token."));
    }
    URI base = settings.api().orElse(TELEGRAM).resolve("/bot" + token + "/");
    try (ApiProbe probe = new ApiProbe(base, Map.of())) {
      ApiCheck check = new ApiCheck(SUBJECT, probe);
      new TelegramCheck(check).all();
      return check.findings();
    }
  }

  private void all() throws InterruptedException {
    Optional<JsonNode> me = ask("getMe");
    me.ifPresent(this::me);
    if (me.isPresent()) {
      ask("getWebhookInfo").ifPresent(this::webhook);
    }
  }

  private Optional<JsonNode> ask(String method) throws InterruptedException {
    return check.ask(
        method,
        "too many requests were made with this token",
        answer -> said(method, answer.status(), answer.body()));
  }

  private Optional<JsonNode> said(String method, int status, JsonNode body) {
    if (body.path("ok").asBoolean()) {
      return Optional.of(body.path("result"));
    }
    if (status == UNAUTHORIZED || status == NOT_FOUND) {
      check.broken(
          "Telegram does not know this token",
          "Take the right one from @BotFather, /mybots, API Token, and put it into"
              + " HYPERBRUSH_TELEGRAM_TOKEN or the file telegram.tokenFile.");
    } else {
      check.attention(
          "to " + method + " it answers " + status,
          "If that stays so, see telegram.api in the settings.");
    }
    return Optional.empty();
  }

  private void me(JsonNode me) {
    String name = me.path("username").asText();
    check.ok("the token is that of @" + name + ": https://t.me/" + name);
    if (me.path("can_read_all_group_messages").asBoolean()) {
      check.attention(
          "it is handed all messages of its groups, which it does not need",
          "Switch privacy mode on: @BotFather, /setprivacy, Enable; then add it to its groups"
              + " anew.");
    } else {
      check.ok("privacy mode is on: in groups it sees commands and replies to it alone");
    }
    if (!me.path("supports_inline_queries").asBoolean()) {
      check.attention(
          "inline mode is off: nobody can share pictures in other chats by @" + name,
          "For that, switch it on: @BotFather, /setinline.");
    }
    if (!me.path("can_join_groups").asBoolean(true)) {
      check.attention(
          "it cannot be added to groups",
          "For that, switch it on: @BotFather, /setjoingroups, Enable.");
    }
  }

  private void webhook(JsonNode webhook) {
    if (!webhook.path("url").asText("").isEmpty()) {
      check.attention(
          "a web address is set to which another program is handed the messages",
          "It is taken away when this bot starts; see that no other program uses the token.");
    }
    int pending = webhook.path("pending_update_count").asInt();
    if (pending >= MANY_PENDING) {
      check.attention(
          pending + " messages wait to be fetched",
          "They are worked off after the start, which takes a while.");
    } else {
      check.ok(pending + " messages wait to be fetched");
    }
  }
}
