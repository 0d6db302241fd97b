package dev.hyperbrush.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What tells a file from its later versions without reading it. Immutable.
 *
 * @param path the real one
 */
record FileState(Path path, long size, Instant modified) {
  static FileState of(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileState(file, now.size(), now.lastModifiedTime().toInstant());
    } catch (IOException e) {
      throw WeightFileProblem.unreadable(file, e);
    }
  }
}
