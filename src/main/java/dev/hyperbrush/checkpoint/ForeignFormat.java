package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Recognises what is no safetensors file by its first bytes, whatever it is called: PyTorch's
 * pickles, web pages and error answers that a download has saved, pointers of Git LFS.
 */
final class ForeignFormat {
  private static final int LOOKED_AT = 512;

  /** Pickle protocols 2 to 5 begin with this byte and their number. */
  private static final int PICKLE = 0x80;

  private static final int HIGHEST_PROTOCOL = 5;

  /** Where the header of a safetensors file begins. */
  private static final int HEADER = 8;

  /**
   * Call when a file makes no sense.
   *
   * @throws Refusal when its format is known
   */
  static void refuse(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(LOOKED_AT);
    }
    Optional<ReasonCode> known = reason(start);
    if (known.isPresent()) {
      throw new Refusal(known.get(), file);
    }
  }

  private static Optional<ReasonCode> reason(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (start.length == 0) {
      return Optional.of(ReasonCode.FILE_EMPTY);
    }
    if (isPickle(start, text)) {
      return Optional.of(ReasonCode.FILE_PICKLED);
    }
    if (text.startsWith("version https://git-lfs")) {
      return Optional.of(ReasonCode.FILE_LFS_POINTER);
    }
    if (text.startsWith("GGUF")) {
      return Optional.of(ReasonCode.FILE_GGUF);
    }
    String words = text.strip().replaceFirst("^\\u00ef\\u00bb\\u00bf", "").toLowerCase(Locale.ROOT);
    if (words.startsWith("<") || words.startsWith("{") || words.startsWith("[")) {
      return Optional.of(ReasonCode.FILE_WEB_PAGE);
    }
    return Optional.empty();
  }

  /** Torch has written zip files since 1.6; a tar or a bare pickle before. */
  private static boolean isPickle(byte[] start, String text) {
    boolean header = start.length > HEADER && start[HEADER] == '{';
    boolean bare =
        !header
            && start.length > 1
            && (start[0] & 0xff) == PICKLE
            && start[1] >= 2
            && start[1] <= HIGHEST_PROTOCOL;
    return bare || text.startsWith("PK\u0003\u0004");
  }

  private ForeignFormat() {}
}
