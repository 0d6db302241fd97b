package dev.hyperbrush.chat.telegram;

import static dev.hyperbrush.chat.telegram.TelegramStage.awaitMessage;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPictures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramPerson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts that were written to break what shows them are shown as they were written. */
final class TelegramHostileTest {
  private static final String RTL = "\u202Egnp.xof\u202C \u2066a\u2069 \u200F";
  private static final List<String> PROMPTS =
      List.of(
          "<b>fox</i> & <script>alert(1)</script> &lt;a&gt;",
          "<a href=\"tg://user?id=1\">you</a> <tg-spoiler>",
          "*fox* _in_ [the](http://evil.example) `box` ||x|| 1.5! ~a~ >q #x {y}",
          "@everyone @here @ann /delete /forget_me t.me/joinchat/x https://evil.example",
          RTL + " fox",
          "fox \uD83E\uDD8A".repeat(200),
          "\u0000\u0007 bell \uFEFF fox",
          "Z\u0351\u036B\u0343".repeat(300),
          "x".repeat(3900));

  @TempDir private static Path data;
  private static TelegramStage stage;

  @BeforeAll
  static void open() {
    stage = new TelegramStage(data);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void showsHostilePromptsAsTheyAre() {
    List<TelegramPerson> people = new ArrayList<>();
    for (String prompt : PROMPTS) {
      TelegramPerson person = stage.telegram.person("<b>P" + people.size() + "</b>");
      person.say("/imagine " + prompt);
      people.add(person);
    }
    for (TelegramPerson person : people) {
      awaitMessage(person.chat(), TelegramHostileTest::isEnd);
    }
    List<SeenMessage> all =
        people.stream().flatMap(person -> person.chat().fromBot().stream()).toList();
    assertThat(all).allSatisfy(TelegramHostileTest::isHarmless);
    assertThat(all.getFirst().text()).contains("<b>fox</i> & <script>alert(1)</script>");
    assertThat(all.get(2).text()).contains("[the](http://evil.example)");
  }

  private static boolean isEnd(SeenMessage message) {
    return message.photo().isPresent() || message.buttons().isEmpty();
  }

  private static void isHarmless(SeenMessage message) {
    Stream.concat(message.earlier().stream(), Stream.of(message))
        .forEach(shown -> {
          assertThat(shown.text().length()).isLessThanOrEqualTo(4096);
          assertThat(shown.marks())
              .noneMatch(mark -> mark.type().equals("text_link"))
              .noneMatch(mark -> mark.type().equals("text_mention"));
          assertThat(shown.text()).doesNotContain("\u202E").doesNotContain("\u2066");
        });
  }

  @Test
  void takesAPromptThatTheClientCutInTwo() {
    TelegramPerson ann = stage.telegram.person("Ann");
    ann.say("/imagine " + "word ".repeat(1200));
    awaitMessage(ann.chat(), message -> message.text().contains("3,000") || isEnd(message));
    await().until(() -> ann.chat().fromBot().size() == 2);
    await().until(() -> ann.chat().fromBot().stream().allMatch(TelegramHostileTest::isEnd));
  }

  @Test
  void saysAnAnswerThatIsTooLongInParts() {
    TelegramPerson ann = stage.telegram.person("Ann");
    ann.say("/help");
    awaitMessage(ann.chat(), message -> !message.text().isEmpty());
    ann.say("a fox");
    awaitPictures(ann.chat(), 1);
  }
}
