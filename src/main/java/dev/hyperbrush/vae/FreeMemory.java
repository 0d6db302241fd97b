package dev.hyperbrush.vae;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Memory that could be had without swapping. Thread-safe. */
final class FreeMemory {
  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";

  /**
   * In bytes. On Linux what the kernel estimates, in which file caches count as free; elsewhere,
   * and in a container with a limit of its own, what Java is told.
   */
  static long bytes() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      return linux("MemTotal:").stream()
          .filter(total -> total <= system.getTotalMemorySize())
          .flatMap(_ -> linux(AVAILABLE).stream())
          .findFirst()
          .orElseGet(system::getFreeMemorySize);
    }
    return Long.MAX_VALUE;
  }

  private static OptionalLong linux(String key) {
    try (Stream<String> lines = Files.lines(LINUX)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException otherSystem) {
      return OptionalLong.empty();
    }
  }

  private FreeMemory() {}
}
