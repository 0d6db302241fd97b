package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.store.Picture;
import java.util.List;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;

/**
 * Pictures of one job to be shown together. Immutable.
 *
 * @param caption as Telegram's HTML
 * @param spoiler whether they are covered until somebody wants to see them
 * @param keyboard below the picture; below several there can be none
 */
record PicturePost(
    List<Picture> pictures,
    String caption,
    boolean spoiler,
    Optional<InlineKeyboardMarkup> keyboard) {
  PicturePost {
    pictures = List.copyOf(pictures);
  }
}
