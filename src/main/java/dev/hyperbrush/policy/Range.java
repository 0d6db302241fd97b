package dev.hyperbrush.policy;

/** Whether a setting is possible. */
final class Range {
  static <T extends Comparable<T>> void require(String name, T value, T min, T max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          name + " " + value + " is not possible: use " + min + " to " + max);
    }
  }

  private Range() {}
}
