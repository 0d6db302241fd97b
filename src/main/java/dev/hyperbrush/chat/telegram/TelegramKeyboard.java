package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.CopyTextButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/**
 * Builds the buttons below a message, as many in a row as a phone can show. Owned by one thread.
 */
final class TelegramKeyboard {
  private static final int MOST_IN_ALL = 100;
  private static final int MOST_IN_A_ROW = 8;
  private static final int MOST_BYTES = 64;
  private static final int LONGEST_LABEL = 40;

  /** Letters that fit beside each other, where a button without a label is this wide. */
  private static final int WIDTH = 36;

  private static final int EDGES = 3;

  private final List<InlineKeyboardRow> rows = new ArrayList<>();
  private int width = WIDTH;
  private int count;

  /** Below an answer: its own buttons, those of what it lists, and those of its job. */
  static Optional<InlineKeyboardMarkup> of(Reply reply) {
    TelegramKeyboard keyboard = new TelegramKeyboard();
    if (reply.jobs().size() == 1) {
      keyboard.add(reply.jobs().getFirst().buttons());
    } else {
      reply.jobs().stream()
          .map(JobView::job)
          .forEach(
              job -> keyboard.add(new Button("#" + job.id(), new ActionId("show", job.id(), 0))));
    }
    keyboard.line();
    reply.cards().forEach(keyboard::add);
    keyboard.line().add(reply.buttons());
    return keyboard.markup();
  }

  /** Below the pictures of a job: what can be done with it, and its seed to be copied. */
  static Optional<InlineKeyboardMarkup> of(Locale locale, JobView view) {
    String seed = String.valueOf(view.job().request().seed().value());
    return new TelegramKeyboard()
        .add(view.buttons())
        .line()
        .addCopy(Texts.get(locale, "telegram.seed"), seed)
        .markup();
  }

  TelegramKeyboard add(List<Button> buttons) {
    buttons.forEach(this::add);
    return this;
  }

  private void add(Card card) {
    card.buttons()
        .forEach(button -> add(new Button(button.label() + ": " + card.title(), button.action())));
  }

  void add(Button button) {
    String data = button.action().encode();
    if (data.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new IllegalArgumentException("longer than a button can carry: " + data);
    }
    String label = label(button.label());
    put(InlineKeyboardButton.builder().text(label).callbackData(data).build());
  }

  /** A button that gives its text to the clipboard. */
  TelegramKeyboard addCopy(String label, String text) {
    CopyTextButton copy = new CopyTextButton(text);
    put(InlineKeyboardButton.builder().text(label(label)).copyText(copy).build());
    return this;
  }

  /** What is added from here on begins a row. */
  TelegramKeyboard line() {
    width = WIDTH;
    return this;
  }

  private static String label(String text) {
    String label = TelegramHtml.cut(TelegramHtml.plain(text).replace('\n', ' '), LONGEST_LABEL);
    return label.isBlank() ? "…" : label;
  }

  private void put(InlineKeyboardButton button) {
    if (count == MOST_IN_ALL) {
      return; // the text says it too
    }
    int needed = button.getText().length() + EDGES;
    if (width + needed > WIDTH || rows.getLast().size() == MOST_IN_A_ROW) {
      rows.add(new InlineKeyboardRow());
      width = 0;
    }
    rows.getLast().add(button);
    width += needed;
    count++;
  }

  /** The buttons so far; empty where there are none. */
  Optional<InlineKeyboardMarkup> markup() {
    return rows.isEmpty() ? Optional.empty() : Optional.of(new InlineKeyboardMarkup(rows));
  }
}
