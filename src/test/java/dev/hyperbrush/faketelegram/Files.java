package dev.hyperbrush.faketelegram;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** All files of the server. Guarded by the world's monitor. */
final class Files {
  private static final int PHOTO_LIMIT = 10 << 20;
  private static final int DOCUMENT_LIMIT = 50 << 20;
  private static final int DOWNLOAD_LIMIT = 20 << 20;
  private static final int[] SIDES = {90, 320, 800, 1280};

  private final Map<String, List<StoredFile>> byId = new HashMap<>();
  private final Map<String, StoredFile> byPath = new HashMap<>();
  private int next = 1;

  /** Every size of an uploaded photo, the smallest first. */
  List<StoredFile> photo(Upload upload) {
    if (upload.bytes().length > PHOTO_LIMIT) {
      throw Refusal.mistake(
          "file of size %d bytes is too big for a photo; the maximum size is %d bytes"
              .formatted(upload.bytes().length, PHOTO_LIMIT));
    }
    int[] size = dimensions(upload.bytes());
    int width = size[0];
    int height = size[1];
    if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) {
      throw Refusal.mistake("PHOTO_INVALID_DIMENSIONS");
    }
    int longer = Math.max(width, height);
    List<StoredFile> sizes = new ArrayList<>();
    for (int side : SIDES) {
      if (side < longer) {
        sizes.add(size(upload, width * side / longer, height * side / longer));
      }
    }
    if (longer <= 1280) {
      sizes.add(size(upload, width, height));
    }
    sizes.forEach(file -> byId.put(file.id(), List.copyOf(sizes)));
    return List.copyOf(sizes);
  }

  private StoredFile size(Upload upload, int width, int height) {
    return kept(true, upload, Math.max(1, width), Math.max(1, height), "photos", ".jpg");
  }

  StoredFile document(Upload upload) {
    if (upload.bytes().length > DOCUMENT_LIMIT) {
      throw Refusal.tooLarge();
    }
    if (upload.bytes().length == 0) {
      throw Refusal.mistake("file must be non-empty");
    }
    StoredFile file = kept(false, upload, 0, 0, "documents", "");
    byId.put(file.id(), List.of(file));
    return file;
  }

  private StoredFile kept(
      boolean photo, Upload upload, int width, int height, String folder, String suffix) {
    String id = (photo ? "AgACAgIAAxk" : "BQACAgIAAxk") + Integer.toHexString(next);
    String path = folder + "/file_" + next++ + suffix;
    StoredFile file =
        new StoredFile(id, photo, upload.fileName(), upload.bytes(), width, height, path);
    byPath.put(path, file);
    return file;
  }

  /** A file that is known already, sent again. */
  List<StoredFile> known(String fileId, boolean photo) {
    List<StoredFile> files = byId.getOrDefault(fileId, List.of());
    if (files.isEmpty()) {
      throw Refusal.mistake("wrong file identifier/HTTP URL specified");
    }
    if (files.getFirst().photo() != photo) {
      throw Refusal.mistake(
          "can't use file of type " + (photo ? "Document as Photo" : "Photo as Document"));
    }
    return files;
  }

  StoredFile toDownload(String fileId) {
    StoredFile file =
        byId.getOrDefault(fileId, List.of()).stream()
            .filter(size -> size.id().equals(fileId))
            .findFirst()
            .orElseThrow(() -> Refusal.mistake("invalid file_id"));
    if (file.bytes().length > DOWNLOAD_LIMIT) {
      throw Refusal.mistake("file is too big");
    }
    return file;
  }

  Optional<StoredFile> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  private static int[] dimensions(byte[] bytes) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw Refusal.mistake("IMAGE_PROCESS_FAILED");
      }
      ImageReader reader = readers.next();
      reader.setInput(in);
      return new int[] {reader.getWidth(0), reader.getHeight(0)};
    } catch (IOException e) {
      throw Refusal.mistake("IMAGE_PROCESS_FAILED");
    }
  }
}
