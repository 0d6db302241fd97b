package dev.hyperbrush.command;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file within a zip. Immutable.
 *
 * @param packed whether packing it is worth the time
 */
record Entry(String name, boolean packed, Source source) {
  /** Where the bytes come from. */
  @FunctionalInterface
  interface Source {
    /**
     * Begins at the first byte.
     *
     * @throws dev.hyperbrush.generation.Refusal when it is gone
     */
    InputStream open() throws IOException;
  }
}
