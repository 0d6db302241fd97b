package dev.hyperbrush.generation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Why a file could not be read or written, in words: Java's own messages are often a bare path. */
public final class IoReason {
  public static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException missing -> "there is no such file or folder";
      case FileAlreadyExistsException taken -> "something else of that name is in the way";
      case NotDirectoryException file -> "it is not a folder";
      case FileSystemException system -> Objects.requireNonNullElse(system.getReason(), kind(e));
      default -> Objects.requireNonNullElse(e.getMessage(), kind(e));
    };
  }

  private static String kind(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "");
  }

  private IoReason() {}
}
