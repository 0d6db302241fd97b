package dev.hyperbrush.config;

import dev.hyperbrush.pipeline.YamlSection;

/**
 * How much room models may take: the section {@code memory}. Immutable.
 *
 * @param bytes of memory for the weights of open networks; 0 for half of the machine's
 * @param cardBytes the same of a card's own memory; 0 for one model at a time
 * @param optimisedBytes of the disk for optimised graphs; 0 for none
 */
public record MemorySection(long bytes, long cardBytes, long optimisedBytes) {
  private static final int MOST_GIGABYTES = 1 << 20;
  private static final int MEGABYTES_IN_GIGABYTE = 1 << 10;
  private static final int OPTIMISED_GIGABYTES = 40;

  static MemorySection read(YamlSection yaml) {
    MemorySection memory =
        new MemorySection(
            bytes(yaml, "gigabytes", 0),
            bytes(yaml, "cardGigabytes", 0),
            bytes(yaml, "optimisedGigabytes", OPTIMISED_GIGABYTES));
    yaml.refuseUnknownKeys();
    return memory;
  }

  private static long bytes(YamlSection yaml, String key, int absent) {
    double gigabytes = yaml.number(key, absent, 0, MOST_GIGABYTES);
    return (long) (gigabytes * MEGABYTES_IN_GIGABYTE) << 20;
  }
}
