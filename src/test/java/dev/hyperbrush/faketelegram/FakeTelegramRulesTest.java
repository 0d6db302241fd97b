package dev.hyperbrush.faketelegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.TestClock;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Telegram refuses, the fake refuses, and remembers. */
final class FakeTelegramRulesTest {
  private final TestClock clock = new TestClock();
  private final FakeTelegram telegram = FakeTelegram.start(clock);
  private final Wire wire = new Wire(telegram);
  private final TelegramPerson ann = telegram.person("Ann");
  private final TelegramPerson bob = telegram.person("Bob");
  private final TelegramChat group = telegram.group("Painters", ann, bob);

  @BeforeEach
  void begin() {
    ann.say("hello");
  }

  @AfterEach
  void end() {
    wire.close();
    telegram.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HTML       | a &lt;b&gt; <b>bold <i>both</i></b>   | a <b> bold both",
        "HTML       | <a href=\"tg://user?id=1\">me</a> | me",
        "HTML       | Tom & Jerry &#x1F600;                 | Tom & Jerry 😀",
        "HTML       | <blockquote expandable>q</blockquote> | q",
        "MarkdownV2 | *bold* _it_ __under__ ~no~            | bold it under no",
        "MarkdownV2 | 1\\.5 \\- `a.b` [x](http://y)         | 1.5 - a.b x",
      })
  void understandsMarks(String mode, String text, String plain) {
    assertThat(send(text, mode).path("result").path("text").asText()).isEqualTo(plain);
    assertThat(telegram.violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HTML       | 5 < 6           | Unclosed start tag at byte offset 2",
        "HTML       | <b><i>x</b></i> | Unmatched end tag at byte offset 7, expected \"</i>\"",
        "HTML       | ü</b>           | Unexpected end tag at byte offset 2",
        "HTML       | <span>x</span>  | Unsupported start tag \"span\" at byte offset 0",
        "HTML       | <b>x            | Can't find end tag corresponding to start tag \"b\"",
        "MarkdownV2 | 1.5             | Character '.' at byte offset 1 is reserved",
        "MarkdownV2 | *bold           | Can't find end of the entity",
        "Markdown2  | x               | unsupported parse_mode",
        "HTML       | <b></b>         | message text is empty",
      })
  void refusesBrokenMarks(String mode, String text, String why) {
    JsonNode answer = send(text, mode);
    assertThat(answer.path("error_code").asInt()).isEqualTo(400);
    assertThat(answer.path("description").asText()).contains(why);
    assertThat(telegram.violations()).hasSize(1);
  }

  @Test
  void knowsWhatIsMarked() {
    send("a ||secret|| [link](http://x.y) *b*", "MarkdownV2");
    send("<tg-spoiler>secret</tg-spoiler><a href=\"http://x.y\">link</a> <b>b</b>", "HTML");
    assertThat(ann.chat().fromBot())
        .allSatisfy(message ->
            assertThat(message.marks())
                .extracting(SeenMessage.Mark::type, SeenMessage.Mark::text)
                .containsExactly(
                    tuple("spoiler", "secret"), tuple("text_link", "link"), tuple("bold", "b")));
  }

  private JsonNode send(String text, String mode) {
    return wire.call(
        "sendMessage",
        Parameters.JSON
            .createObjectNode()
            .put("chat_id", ann.id())
            .put("text", text)
            .put("parse_mode", mode)
            .toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'text':'x','url':'http://a.b','callback_data':'1'} | must do exactly one thing",
        "{'text':'x'}                                        | must do exactly one thing",
        "{'text':'','callback_data':'1'}                     | unallowed in the inline keyboard",
        "{'text':'x','callback_data':''}                     | BUTTON_DATA_INVALID",
        "{'text':'x','url':'javascript:1'}                   | is invalid",
        "{'text':'x','copy_text':{'text':''}}                | BUTTON_COPY_TEXT_INVALID",
        "{'text':'x','callback_data':'1','style':'pink'}     | unknown button style",
      })
  void refusesBrokenButtons(String button, String why) {
    assertThat(keyboard(button)).contains(why);
  }

  @Test
  void refusesTooManyButtons() {
    String button = "{'text':'x','callback_data':'1'}";
    assertThat(keyboard(times(9, button))).contains("at most 8");
    assertThat(keyboard(times(13, "[" + times(8, button) + "]"))).contains("too long");
  }

  private static String times(int count, String part) {
    return IntStream.range(0, count).mapToObj(i -> part).collect(Collectors.joining(","));
  }

  private String keyboard(String buttons) {
    String rows = buttons.startsWith("[") ? buttons : "[" + buttons + "]";
    return wire.call(
            "sendMessage",
            "{'chat_id':%d,'text':'x','reply_markup':{'inline_keyboard':[%s]}}"
                .formatted(ann.id(), rows))
        .path("description")
        .asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sendPhoto         | 'photo':'AgACinvented'                     | wrong file identifier",
        "sendMediaGroup    | 'media':[{'type':'photo','media':'x'}]     | must include 2-10 items",
        "sendMessage       | 'text':'x','message_thread_id':7           | message thread not found",
        "sendMessage       | 'text':'x','reply_to_message_id':777       | to be replied not found",
        "editMessageText   | 'text':'x','message_id':777                | message to edit not"
            + " found",
        "editMessageText   | 'text':'x','message_id':1                  | message can't be edited",
        "deleteMessage     | 'message_id':777                           | message to delete not"
            + " found",
        "sendChatAction    | 'action':'dance'                           | wrong parameter action",
        "setMyCommands     | 'commands':[{'command':'Up','description':'x'}]  |"
            + " BOT_COMMAND_INVALID",
        "setMyCommands     | 'commands':[{'command':'a','description':''}]    |"
            + " DESCRIPTION_INVALID",
        "setMyCommands     | 'commands':[],'scope':{'type':'everybody'}       | unsupported scope",
        "setMyCommands     | 'commands':[],'language_code':'de-DE'            | LANG_CODE_INVALID",
        "answerCallbackQuery | 'callback_query_id':'1'                        | query is too old",
        "getFile           | 'file_id':'x'                                    | invalid file_id",
        "getChatAdministrators | 'x':1                                        | no administrators",
        "danceMessage      | 'x':1                                            | Not Found",
      })
  void refusesWhatCannotBe(String method, String parameters, String why) {
    JsonNode answer = wire.call(method, "{'chat_id':%d,%s}".formatted(ann.id(), parameters));
    assertThat(answer.path("description").asText()).contains(why);
    assertThat(telegram.refusals()).hasSize(1);
  }

  @Test
  void noticesParametersThatDoNotExist() {
    assertThat(
            wire.form("sendmessage", "chat_id=%d&text=hi&txet=no".formatted(ann.id()))
                .path("ok")
                .asBoolean())
        .isTrue();
    assertThat(telegram.violations()).containsExactly("sendmessage: unknown parameter txet");
  }

  @Test
  void refusesAnEditThatChangesNothing() {
    int id = wire.call("sendMessage", hello()).path("result").path("message_id").asInt();
    String edit = "{'chat_id':%d,'message_id':%d,'text':'%s'}";
    assertThat(
            wire.call("editMessageText", edit.formatted(ann.id(), id, "hello"))
                .path("description")
                .asText())
        .contains("message is not modified");
    assertThat(telegram.violations()).isEmpty();
    wire.call("editMessageText", edit.formatted(ann.id(), id, "other"));
    assertThat(ann.chat().last().earlier()).extracting(SeenMessage::text).containsExactly("hello");
  }

  private String hello() {
    return "{'chat_id':%d,'text':'hello'}".formatted(ann.id());
  }

  @Test
  void keepsMessagesThatAreTwoDaysOld() {
    int id = wire.call("sendMessage", hello()).path("result").path("message_id").asInt();
    clock.advance(Duration.ofHours(49));
    String delete = "{'chat_id':%d,'message_id':%d}".formatted(ann.id(), id);
    assertThat(wire.call("deleteMessage", delete).path("description").asText())
        .contains("can't be deleted");
  }

  @Test
  void letsNobodyAnswerAPressLate() {
    wire.call(
        "sendMessage",
        "{'chat_id':%d,'text':'x','reply_markup':{'inline_keyboard':[[%s]]}}"
            .formatted(ann.id(), "{'text':'x','callback_data':'1'}"));
    Press press = ann.press(ann.chat(), ann.chat().last(), "1");
    clock.advance(Duration.ofMinutes(1));
    String answer = "{'callback_query_id':'%s'}".formatted(press.id);
    assertThat(wire.call("answerCallbackQuery", answer).path("description").asText())
        .contains("query is too old");
    assertThat(press.answer()).isEmpty();
  }

  @Test
  void showsABotInAGroupOnlyWhatIsForIt() {
    bob.say(group, "nice weather");
    bob.say(group, "/imagine@other_bot a fox");
    bob.say(group, "/imagine@Hyperbrush_Bot a fox");
    bob.say(group, "/queue");
    group.promoteBot();
    bob.say(group, "nice weather again");
    assertThat(wire.call("getUpdates", "{}").path("result"))
        .extracting(update -> update.path("message").path("text").asText())
        .containsExactly(
            "hello", "/imagine@Hyperbrush_Bot a fox", "/queue", "", "nice weather again");
  }

  @Test
  void showsAnonymousAdministratorsAsTheGroup() {
    group.promoteAnonymously(bob);
    bob.say(group, "/ban");
    JsonNode message = wire.call("getUpdates", "{}").path("result").path(1).path("message");
    assertThat(message.path("from").path("username").asText()).isEqualTo("GroupAnonymousBot");
    assertThat(message.path("sender_chat").path("id").asLong()).isEqualTo(group.id());
  }

  @Test
  void tellsWhereAGroupHasGone() {
    TelegramChat upgraded = group.upgrade();
    JsonNode answer = wire.call("sendMessage", "{'chat_id':%d,'text':'x'}".formatted(group.id()));
    assertThat(answer.path("parameters").path("migrate_to_chat_id").asLong())
        .isEqualTo(upgraded.id());
    group.kickBot();
  }

  @Test
  void holdsTheBotToItsRights() {
    group.forbid("messages");
    String say = "{'chat_id':%d,'text':'x'}".formatted(group.id());
    assertThat(wire.call("sendMessage", say).path("description").asText())
        .isEqualTo("Bad Request: not enough rights to send text messages to the chat");
    group.kickBot();
    assertThat(wire.call("sendMessage", say).path("error_code").asInt()).isEqualTo(403);
    assertThat(telegram.violations()).isEmpty();
  }

  @Test
  void letsTwentyMessagesAMinuteIntoAGroup() {
    String say = "{'chat_id':%d,'text':'x'}".formatted(group.id());
    for (int i = 0; i < 20; i++) {
      assertThat(wire.call("sendMessage", say).path("ok").asBoolean()).isTrue();
      clock.advance(Duration.ofSeconds(1));
    }
    JsonNode refused = wire.call("sendMessage", say);
    assertThat(refused.path("parameters").path("retry_after").asInt()).isEqualTo(40);
    assertThat(telegram.violations()).hasSize(1);
  }

  @Test
  void endsTheOlderOfTwoPolls() throws InterruptedException {
    wire.call("getUpdates", "{'offset':-1}");
    JsonNode last = wire.call("getUpdates", "{}").path("result").path(0);
    int next = last.path("update_id").asInt() + 1;
    Thread older =
        Thread.ofVirtual()
            .start(() -> wire.call("getUpdates", "{'offset':%d,'timeout':20}".formatted(next)));
    while (telegram.calls("getUpdates").size() < 3) {
      Thread.onSpinWait();
    }
    wire.call("getUpdates", "{'offset':%d}".formatted(next));
    older.join();
    assertThat(telegram.refusals()).extracting(FakeTelegram.Refused::code).containsExactly(409);
  }
}
