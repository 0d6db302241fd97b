package dev.hyperbrush.install;

import java.util.Locale;

/** Sizes as people read them, in the powers of ten that sites use. */
public final class Bytes {
  /** For example {@code 6.94 GB}. */
  public static String shown(long bytes) {
    if (bytes < 1_000) {
      return bytes + " bytes";
    }
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.0f kB", bytes / 1e3);
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  private Bytes() {}
}
