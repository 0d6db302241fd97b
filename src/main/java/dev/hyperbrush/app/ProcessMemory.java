package dev.hyperbrush.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process takes of the machine's memory, as Linux says; elsewhere only the heap is known.
 *
 * <p>Immutable.
 *
 * @param peak most there ever was, in bytes: anonymous memory and mapped files
 * @param anonymous now: what cannot be had back without swapping
 * @param files now: pages of mapped files, which the system takes back when it needs them
 * @param heap now, of that: of Java's objects
 */
record ProcessMemory(long peak, long anonymous, long files, long heap) {
  private static final double GIBIBYTE = 1 << 30;

  static ProcessMemory now() {
    Map<String, Long> status = status();
    Runtime runtime = Runtime.getRuntime();
    return new ProcessMemory(
        status.getOrDefault("VmHWM", 0L),
        status.getOrDefault("RssAnon", 0L),
        status.getOrDefault("RssFile", 0L),
        runtime.totalMemory() - runtime.freeMemory());
  }

  private static Map<String, Long> status() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .map(line -> line.split(":\\s+| kB"))
          .filter(parts -> parts.length > 1 && parts[1].matches("\\d+"))
          .collect(Collectors.toMap(parts -> parts[0], parts -> 1024 * Long.parseLong(parts[1])));
    } catch (IOException otherSystem) {
      return Map.of();
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "peak RSS %.2f GiB; now %.2f GiB anonymous (heap %.2f), %.2f GiB of files",
        peak / GIBIBYTE,
        anonymous / GIBIBYTE,
        heap / GIBIBYTE,
        files / GIBIBYTE);
  }
}
