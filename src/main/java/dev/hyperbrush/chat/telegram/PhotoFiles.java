package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.image.JpegEncoder;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureRef;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.TelegramFileDao;
import dev.hyperbrush.store.TelegramFileDao.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.media.InputMedia;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaDocument;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaPhoto;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.photo.PhotoSize;

/** Pictures as Telegram is given them: by the name that it knows, or as bytes. Thread-safe. */
final class PhotoFiles {
  private final PictureStore files;
  private final TelegramFileDao known;

  PhotoFiles(PictureStore files, TelegramFileDao known) {
    this.files = files;
    this.known = known;
  }

  /** What Telegram calls these, when it has all of them. */
  Optional<List<String>> known(List<Picture> pictures, PhotoForm form) {
    List<String> ids =
        pictures.stream()
            .map(picture -> known.find(ref(picture), form.kind()))
            .flatMap(Optional::stream)
            .toList();
    return ids.size() == pictures.size() ? Optional.of(ids) : Optional.empty();
  }

  /** Telegram does not have them any more. */
  void forget(List<Picture> pictures, PhotoForm form) {
    known.forget(pictures.stream().map(PhotoFiles::ref).toList(), form.kind());
  }

  /** What these were called in the messages that they have become. */
  void remember(List<Picture> pictures, PhotoForm form, List<Message> messages) {
    List<String> ids =
        messages.stream().map(message -> id(message, form)).flatMap(Optional::stream).toList();
    if (ids.size() == pictures.size()) {
      known.put(pictures.stream().map(PhotoFiles::ref).toList(), form.kind(), ids);
    }
  }

  private static Optional<String> id(Message message, PhotoForm form) {
    if (form.kind() == Form.DOCUMENT) {
      return Optional.ofNullable(message.getDocument()).map(file -> file.getFileId());
    }
    return Optional.ofNullable(message.getPhoto()).stream()
        .flatMap(List::stream)
        .max(Comparator.comparing(PhotoSize::getWidth))
        .map(PhotoSize::getFileId);
  }

  private static PictureRef ref(Picture picture) {
    return new PictureRef(picture.jobId(), picture.index());
  }

  /** To be sent by itself. */
  InputFile file(Picture picture, PhotoForm form) throws IOException {
    Path png = files.file(picture);
    return form == PhotoForm.JPEG
        ? new InputFile(new ByteArrayInputStream(jpeg(picture, png)), name(picture, "jpg"))
        : new InputFile(png.toFile(), name(picture, "png"));
  }

  /** To be part of an album, or put in place of something. */
  InputMedia media(Picture picture, PhotoForm form) throws IOException {
    Path png = files.file(picture);
    return switch (form) {
      case PNG -> new InputMediaPhoto(png.toFile(), name(picture, "png"));
      case JPEG ->
          new InputMediaPhoto(new ByteArrayInputStream(jpeg(picture, png)), name(picture, "jpg"));
      case FILE -> new InputMediaDocument(png.toFile(), name(picture, "png"));
    };
  }

  /** One that Telegram has, to be part of an album, or put in place of something. */
  static InputMedia media(String fileId, PhotoForm form) {
    return form == PhotoForm.FILE ? new InputMediaDocument(fileId) : new InputMediaPhoto(fileId);
  }

  private static byte[] jpeg(Picture picture, Path png) throws IOException {
    long longer = Math.max(picture.width(), picture.height());
    long side = longer * PhotoForm.MOST_PIXELS / (picture.width() + picture.height());
    return JpegEncoder.encode(
        Files.readAllBytes(png), PhotoForm.MOST_BYTES, (int) Math.min(side, longer));
  }

  private static String name(Picture picture, String suffix) {
    return "hyperbrush-" + picture.jobId() + "-" + (picture.index() + 1) + "." + suffix;
  }
}
