package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.TelegramFileDao.Form;
import java.util.List;
import java.util.Optional;

/** As what a picture is sent, from what is best to see to what Telegram always takes. */
enum PhotoForm {
  /** As it is, shown as a photo. */
  PNG(Form.PHOTO),
  /** Made smaller, shown as a photo. */
  JPEG(Form.PHOTO),
  /** As it is, as a file. */
  FILE(Form.DOCUMENT);

  /** Of a photo. */
  static final long MOST_BYTES = 10_000_000;

  /** Width and height of a photo together. */
  static final int MOST_PIXELS = 10_000;

  private static final int MOST_RATIO = 20;

  private final Form kind;

  PhotoForm(Form kind) {
    this.kind = kind;
  }

  Form kind() {
    return kind;
  }

  /** As what to send these, which go together. */
  static PhotoForm of(List<Picture> pictures) {
    if (pictures.stream().anyMatch(PhotoForm::isTooNarrow)) {
      return FILE;
    }
    return pictures.stream().allMatch(PhotoForm::fits) ? PNG : JPEG;
  }

  private static boolean isTooNarrow(Picture picture) {
    int longer = Math.max(picture.width(), picture.height());
    return longer > MOST_RATIO * Math.min(picture.width(), picture.height());
  }

  private static boolean fits(Picture picture) {
    return picture.bytes() <= MOST_BYTES && picture.width() + picture.height() <= MOST_PIXELS;
  }

  /** What is left when this is refused. */
  Optional<PhotoForm> next() {
    return switch (this) {
      case PNG -> Optional.of(JPEG);
      case JPEG -> Optional.of(FILE);
      case FILE -> Optional.empty();
    };
  }
}
