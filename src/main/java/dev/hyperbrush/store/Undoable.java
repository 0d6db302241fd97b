package dev.hyperbrush.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Things whose changes are logged and can be taken back: each has a key and, where it is there, a
 * content as text. Implementations are thread-safe.
 */
public interface Undoable {
  /** What they are called in the log, for example {@code setting}; stable. */
  String kind();

  /** The content there is now. */
  Optional<String> current(Handle handle, String key);

  /**
   * Makes, replaces or removes one, if its content still is {@code expected}.
   *
   * @return false when it is not
   */
  boolean replace(Handle handle, String key, Optional<String> expected, Optional<String> content);
}
