package dev.hyperbrush.faketelegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.TestClock;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageMedia;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaPhoto;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/** The fake answers the real client, and is as strict as it says. */
final class FakeTelegramTest {
  private final TestClock clock = new TestClock();
  private final FakeTelegram telegram = FakeTelegram.start(clock);
  private final TelegramPerson ann = telegram.person("Ann");
  private final OkHttpTelegramClient client =
      new OkHttpTelegramClient(
          new OkHttpClient(),
          telegram.token(),
          TelegramUrl.builder()
              .schema("http")
              .host("127.0.0.1")
              .port(telegram.api().getPort())
              .build());

  @AfterEach
  void close() {
    telegram.close();
    assertThat(telegram.violations()).noneMatch(violation -> violation.startsWith("fake"));
  }

  @Test
  void keepsUpdatesUntilTheyAreConfirmed() throws TelegramApiException {
    ann.say("a fox");
    List<Update> first = updates(0);
    ann.say("/imagine a hen");
    List<Update> again = updates(0);
    List<Update> rest = updates(first.getFirst().getUpdateId() + 1);
    assertThat(first).hasSize(1);
    assertThat(again).hasSize(2);
    assertThat(rest).hasSize(1);
    assertThat(rest.getFirst().getMessage().getEntities().getFirst().getType())
        .isEqualTo("bot_command");
    assertThat(telegram.violations()).isEmpty();
  }

  private List<Update> updates(int offset) throws TelegramApiException {
    return client.execute(GetUpdates.builder().offset(offset).timeout(0).build());
  }

  @Test
  void turnsATextIntoAPictureWithAKeyboard() throws TelegramApiException, IOException {
    ann.say("a fox");
    Message sent = client.execute(text("waiting <b>1</b>"));
    client.execute(
        EditMessageMedia.builder()
            .chatId(ann.id())
            .messageId(sent.getMessageId())
            .media(new InputMediaPhoto(new ByteArrayInputStream(png(64, 32)), "fox.png"))
            .replyMarkup(keyboard("again:7"))
            .build());
    SeenMessage seen = ann.chat().last();
    assertThat(seen.earlier().getFirst().text()).isEqualTo("waiting 1");
    assertThat(seen.photo().orElseThrow().width()).isEqualTo(64);
    assertThat(seen.button("again").orElseThrow().data()).contains("again:7");
    assertThat(telegram.violations()).isEmpty();
  }

  @Test
  void tellsOfAPressAndShowsItsAnswer() throws TelegramApiException {
    ann.say("a fox");
    client.execute(
        SendMessage.builder().chatId(ann.id()).text("here").replyMarkup(keyboard("x")).build());
    Press press = ann.press(ann.chat(), ann.chat().last(), "x");
    String id = updates(0).getLast().getCallbackQuery().getId();
    client.execute(AnswerCallbackQuery.builder().callbackQueryId(id).text("done").build());
    assertThat(press.answer()).contains(new Press.Answer("done", false, Optional.empty()));
  }

  @Test
  void refusesWhatTelegramRefuses() throws IOException {
    ann.say("a fox");
    assertRefused(text("<b>open"), "can't parse entities");
    assertRefused(text("<script>"), "Unsupported start tag \"script\"");
    assertRefused(text("a".repeat(4097)), "message is too long");
    assertThatThrownBy(() -> client.execute(photo(png(2000, 10))))
        .hasMessageContaining("PHOTO_INVALID_DIMENSIONS");
    assertThatThrownBy(() ->
            client.execute(
                SendMessage.builder()
                    .chatId(ann.id())
                    .text("x")
                    .replyMarkup(keyboard("d".repeat(65)))
                    .build()))
        .hasMessageContaining("BUTTON_DATA_INVALID");
    assertThat(telegram.violations()).hasSize(5);
  }

  private void assertRefused(SendMessage message, String why) {
    assertThatThrownBy(() -> client.execute(message))
        .isInstanceOf(TelegramApiRequestException.class)
        .hasMessageContaining(why);
  }

  @Test
  void countsHowFastTheBotSends() throws TelegramApiException {
    ann.say("a fox");
    for (int i = 0; i < 4; i++) {
      client.execute(text("burst " + i));
    }
    assertRefused(text("too many"), "retry after 1");
    clock.advance(Duration.ofSeconds(1));
    client.execute(text("in time"));
    assertThat(telegram.violations()).hasSize(1);
  }

  @Test
  void doesNotWriteToStrangersNorToWhomBlockedIt() {
    assertRefused(text("hello"), "can't initiate conversation");
    ann.say("hi");
    ann.block();
    assertRefused(text("hello"), "blocked by the user");
  }

  private SendMessage text(String text) {
    return SendMessage.builder().chatId(ann.id()).text(text).parseMode("HTML").build();
  }

  private SendPhoto photo(byte[] png) {
    return SendPhoto.builder()
        .chatId(ann.id())
        .photo(new InputFile(new ByteArrayInputStream(png), "x.png"))
        .build();
  }

  private static InlineKeyboardMarkup keyboard(String data) {
    return InlineKeyboardMarkup.builder()
        .keyboardRow(
            new InlineKeyboardRow(
                InlineKeyboardButton.builder().text("Button").callbackData(data).build()))
        .build();
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }
}
