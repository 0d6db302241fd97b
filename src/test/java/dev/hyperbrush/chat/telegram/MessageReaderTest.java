package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.chat.telegram.Incoming.Replied;
import dev.hyperbrush.chat.telegram.Incoming.Room;
import dev.hyperbrush.chat.telegram.Incoming.Said;
import dev.hyperbrush.chat.telegram.Incoming.Sender;
import dev.hyperbrush.chat.telegram.MessageReader.Asked;
import dev.hyperbrush.chat.telegram.MessageReader.Start;
import dev.hyperbrush.chat.telegram.MessageReader.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MessageReaderTest {
  private static final Sender ANN = new Sender(5, "Ann", Optional.of("en"), OptionalLong.empty());
  private static final Room PRIVATE = new Room(5, false, OptionalInt.empty());
  private static final Room GROUP = new Room(-7, true, OptionalInt.empty());
  private static final Replied PICTURE =
      new Replied(9, "a fox\n#12 · seed 4", List.of("again:12:0", "delete:12:0"));

  private ChatWorld world;
  private MessageReader reader;

  @BeforeAll
  void open(@TempDir Path data) {
    world = new ChatWorld(data);
    reader =
        new MessageReader(
            world.commands.verbs(),
            (_, message) -> message == 77 ? Optional.of("12.3") : Optional.empty());
  }

  @AfterAll
  void close() {
    world.close();
  }

  private Optional<Asked> read(Room room, String text, Optional<Replied> replied, long about) {
    OptionalLong person = about == 0 ? OptionalLong.empty() : OptionalLong.of(about);
    return reader.read(new Said(ANN, room, 8, 0, text, replied, person), "paint_bot");
  }

  private String verb(Room room, String text, Optional<Replied> replied) {
    return read(room, text, replied, 0)
        .map(asked -> asked instanceof Verb verb ? verb.name() + "|" + verb.text() : "start")
        .orElse("nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a fox                    ~ imagine|a fox",
        "/imagine a fox --steps 4 ~ imagine|a fox --steps 4",
        "/Imagine@Paint_Bot a fox ~ imagine|a fox",
        "/preset_save moody       ~ preset save|moody",
        "/preset save moody       ~ preset|save moody",
        "/forget_me               ~ forget-me|",
        "/forget-me               ~ forget-me|",
        "/imagne a fox            ~ imagne|a fox",
        "/imagine@other_bot a fox ~ nothing",
        "/ a fox                  ~ imagine|/ a fox",
        "/start                   ~ start"
      })
  void readsWhatIsSaidInPrivate(String text, String expected) {
    assertThat(verb(PRIVATE, text, Optional.empty())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a fox                  ~ nothing",
        "/imagine a fox         ~ imagine|a fox",
        "/weather               ~ nothing",
        "/weather@paint_bot     ~ weather|",
        "/preset save x         ~ preset|save x",
        "/imagine@other_bot x   ~ nothing"
      })
  void leavesTheRestOfAGroupAlone(String text, String expected) {
    assertThat(verb(GROUP, text, Optional.empty())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "/vary              ~ vary|12",
        "/again --steps 4   ~ again|12 --steps 4",
        "/vary 13.2         ~ vary|13.2",
        "/show #13          ~ show|#13",
        "/cancel            ~ cancel|12",
        "/favourite         ~ favourite|12",
        "/settings          ~ show|12",
        "/imagine a hen     ~ imagine|a hen"
      })
  void takesThePictureFromTheReply(String text, String expected) {
    assertThat(verb(GROUP, text, Optional.of(PICTURE))).isEqualTo(expected);
  }

  @Test
  void findsThePictureByItsCaptionWithoutButtons() {
    Replied album = new Replied(9, "the #1 fox\n#12 · seed 4", List.of());
    assertThat(verb(GROUP, "/vary", Optional.of(album))).isEqualTo("vary|12");
    Replied list = new Replied(9, "nothing", List.of("history:3:0", "hostile"));
    assertThat(verb(GROUP, "/vary", Optional.of(list))).isEqualTo("vary|");
  }

  @Test
  void findsThePictureOfAnAlbumByItsMessage() {
    Replied third = new Replied(77, "the #1 fox\n#1 of all", List.of());
    assertThat(verb(GROUP, "/vary", Optional.of(third))).isEqualTo("vary|12.3");
    assertThat(verb(GROUP, "/settings", Optional.of(third))).isEqualTo("show|12.3");
    assertThat(verb(GROUP, "/delete", Optional.of(third))).isEqualTo("delete|12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "/remix 2 cats      ~ remix|12 2 cats",
        "/remix 1.5 cats    ~ remix|12 1.5 cats",
        "/remix #13 2 cats  ~ remix|#13 2 cats",
        "/remix a hen       ~ remix|12 a hen"
      })
  void takesWordsThatBeginWithANumberForWords(String text, String expected) {
    assertThat(verb(GROUP, text, Optional.of(PICTURE))).isEqualTo(expected);
    assertThat(verb(GROUP, "/remix 13 cats", Optional.empty())).isEqualTo("remix|13 cats");
  }

  @Test
  void takesAReplyToTheQuestionForOtherWords() {
    Replied question = new Replied(9, "✎ #12\nReply to this", List.of());
    assertThat(verb(GROUP, "a hen --steps 4", Optional.of(question)))
        .isEqualTo("remix|12 a hen --steps 4");
    Replied ofOne = new Replied(9, "✎ #12.2\nReply to this", List.of());
    assertThat(verb(PRIVATE, "a hen", Optional.of(ofOne))).isEqualTo("remix|12.2 a hen");
    assertThat(verb(PRIVATE, "a hen", Optional.of(PICTURE))).isEqualTo("imagine|a hen");
    assertThat(verb(GROUP, "nice", Optional.of(PICTURE))).isEqualTo("nothing");
  }

  @Test
  void takesThePersonFromTheReply() {
    assertThat(read(GROUP, "/timeout 1h", Optional.empty(), 77))
        .contains(new Verb("timeout", "77 1h", world.commands.usage("timeout")));
    assertThat(read(GROUP, "/ban @ben rude", Optional.empty(), 77))
        .contains(new Verb("ban", "@ben rude", world.commands.usage("ban")));
  }

  @Test
  void readsLinks() {
    assertThat(read(PRIVATE, "/start show_12_2", Optional.empty(), 0))
        .contains(new Start("show_12_2"));
    assertThat(Deeplink.parse("show_12_2")).contains(new Deeplink("show", "12 2"));
    assertThat(Deeplink.parse("preset_moo-dy")).contains(new Deeplink("preset show", "moo-dy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "show_", "show_1x", "delete_12", "preset_", "preset_a b"})
  void passesOverLinksThatLeadNowhere(String payload) {
    assertThat(Deeplink.parse(payload)).isEmpty();
    assertThat(Deeplink.parse("preset_" + "x".repeat(58))).isEmpty();
  }
}
