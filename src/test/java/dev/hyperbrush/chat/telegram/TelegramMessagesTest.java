package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.telegram.TelegramMessages.Outgoing;
import dev.hyperbrush.chat.telegram.TelegramMessages.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;

final class TelegramMessagesTest {
  private static Button button(String label, int id) {
    return new Button(label, new ActionId("policy remove", id, 0));
  }

  private static List<InlineKeyboardButton> buttons(Outgoing message) {
    return message.keyboard().stream()
        .map(InlineKeyboardMarkup::getKeyboard)
        .flatMap(List::stream)
        .<InlineKeyboardButton>flatMap(List::stream)
        .toList();
  }

  @Test
  void aLongAnswerIsSeveralMessagesWithTheButtonsBelowTheLast() {
    Reply reply =
        Reply.text("<a line & more>\n".repeat(700)).withButtons(List.of(button("More", 1)));

    List<Outgoing> messages = TelegramMessages.of(Locale.ENGLISH, reply, false);

    assertThat(messages).hasSize(3).hasOnlyElementsOfType(Words.class);
    assertThat(messages.subList(0, 2)).allMatch(message -> message.keyboard().isEmpty());
    assertThat(((Words) messages.getFirst()).html())
        .startsWith("&lt;a line &amp; more&gt;\n")
        .endsWith("&lt;a line &amp; more&gt;");
    assertThat(buttons(messages.getLast())).hasSize(1);
    assertThat(TelegramMessages.one(Locale.ENGLISH, reply).html()).endsWith("…");
  }

  @Test
  void buttonsOfCardsSayWhatTheyAreOfAndKeepToTheLimits() {
    List<Card> cards =
        IntStream.range(0, 150)
            .mapToObj(i ->
                new Card("rule " + i + " of \u202Ethe @house", List.of(), List.of(button("Go", i))))
            .toList();
    Reply reply = Reply.text("rules").withCards(cards);

    List<Outgoing> messages = TelegramMessages.of(Locale.ENGLISH, reply, false);

    assertThat(buttons(messages.getFirst()))
        .hasSize(100)
        .allSatisfy(button -> {
          assertThat(button.getText()).hasSizeLessThanOrEqualTo(40).doesNotContain("\u202E");
          assertThat(button.getCallbackData()).hasSizeLessThanOrEqualTo(64);
        });
    assertThat(buttons(messages.getFirst()).getFirst().getText()).startsWith("Go: rule 0");
  }

  @Test
  void anAnswerWithoutWordsIsAMessageAllTheSame() {
    List<Outgoing> messages = TelegramMessages.of(Locale.ENGLISH, Reply.text(" \u0000 "), false);

    assertThat(messages).containsExactly(new Words("…", Optional.empty()));
  }

  @Test
  void postsAreReadAsTheyWereWritten() {
    Posted posted =
        Posted.nothing(-100, Locale.of("pt", "BR")).withPictures(List.of(5, 6)).withWords(7);

    assertThat(Posted.parse(posted.encode())).contains(posted);
    assertThat(Posted.parse(Posted.nothing(3, Locale.ENGLISH).encode()))
        .contains(Posted.nothing(3, Locale.ENGLISH));
    assertThat(Posted.parse("")).isEmpty();
    assertThat(Posted.parse("5/1/2,/en")).isEmpty();
  }
}
