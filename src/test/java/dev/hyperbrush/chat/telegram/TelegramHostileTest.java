package dev.hyperbrush.chat.telegram;

import static dev.hyperbrush.chat.telegram.TelegramStage.awaitLeft;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitMessage;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitPicture;
import static dev.hyperbrush.chat.telegram.TelegramStage.awaitText;
import static dev.hyperbrush.chat.telegram.TelegramStage.draw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.faketelegram.TelegramPerson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** Their order tells whether any is lost or said twice. */
  private static String words(int count) {
    return IntStream.range(0, count).mapToObj("w%04d"::formatted).collect(Collectors.joining(" "));
  }

  @Test
  void takesAPromptThatTheClientCutInTwo() {
    TelegramPerson ann = stage.telegram.person("Ann");
    ann.say("/imagine " + words(1200));
    SeenMessage picture = awaitPicture(ann.chat());
    SeenMessage refusal = awaitText(ann.chat(), "at most 4000 are accepted");
    assertThat(refusal.photo()).isEmpty();
    assertThat(picture.text()).startsWith("0681 w0682 ").doesNotContain("w0680");
    awaitLeft(ann.chat(), 2);
  }

  @Test
  void saysAnAnswerThatIsTooLongInParts() {
    TelegramPerson ann = stage.telegram.person("Ann");
    String prompt = words(665);
    SeenMessage picture = draw(ann, prompt);
    String job = picture.button("again").orElseThrow().data().orElseThrow().split(":", -1)[1];
    ann.say("/show " + job);
    awaitLeft(ann.chat(), 4);
    List<SeenMessage> answer = ann.chat().fromBot().subList(1, 4);
    assertThat(answer.getFirst().photo()).isPresent();
    List<SeenMessage> parts = answer.subList(1, 3);
    assertThat(parts).allMatch(part -> part.photo().isEmpty() && part.text().length() <= 4096);
    String whole = parts.stream().map(SeenMessage::text).collect(Collectors.joining(" "));
    assertThat(whole.replaceAll("\\s+", " ")).contains(prompt);
    assertThat(parts.getFirst().buttons()).isEmpty();
    assertThat(parts.getLast().buttons()).isNotEmpty();
  }
}
