package dev.hyperbrush.chat;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that comes with an answer. Made while it is read, so that it can be of any size.
 *
 * @param name for example {@code pictures.zip}
 * @param size in bytes, about: what is in it may be packed
 * @param content to be opened by whoever sends it, and closed
 */
public record Attachment(String name, String mediaType, long size, Content content) {
  /** Where the bytes come from. */
  @FunctionalInterface
  public interface Content {
    /**
     * Begins at the first byte.
     *
     * @throws dev.hyperbrush.generation.Refusal when it cannot be had now
     */
    InputStream open() throws IOException;
  }
}
