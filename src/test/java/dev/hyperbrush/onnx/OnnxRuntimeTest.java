package dev.hyperbrush.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each start is a process of its own: command line, environment and loading happen once in it. */
final class OnnxRuntimeTest {
  @TempDir Path caches;
  @TempDir Path temporary;

  @Test
  void reportsNothingAndBearsALongCommandLine() throws Exception {
    start("a long prompt ".repeat(5000));
    assertThat(files(caches)).noneMatch(file -> file.toString().contains("Microsoft"));
    assertThat(files(temporary)).isEmpty();
  }

  @Test
  void unpacksItsLibrariesOnce() throws Exception {
    start();
    Path library = library();
    long size = Files.size(library);
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(library, longAgo);
    start();
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(longAgo);

    Files.write(library, new byte[1]);
    start();
    assertThat(library).hasSize(size);
    assertThat(files(caches)).noneMatch(file -> file.toString().endsWith(".part"));
  }

  @Test
  void startsWhereNothingCanBeCached() throws Exception {
    Files.createFile(caches.resolve("hyperbrush")); // not a folder
    start();
  }

  private Path library() throws IOException {
    String name = System.mapLibraryName("onnxruntime");
    return files(caches).stream().filter(file -> file.endsWith(name)).findFirst().orElseThrow();
  }

  private void start(String... args) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Loads.class.getName());
    java.command().addAll(List.of(args));
    java.environment().put("XDG_CACHE_HOME", caches.toString());
    java.environment().put("HOME", caches.toString());
    java.environment().put("TMPDIR", temporary.toString());
    // With these it keeps silent anyway.
    java.environment().keySet().removeIf(name -> name.contains("CI") || name.startsWith("ORT_"));
    Process process = java.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).contains("loaded");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** What the process runs. */
  static final class Loads {
    public static void main(String[] args) {
      System.out.println("loaded " + OnnxRuntime.environment().getVersion());
    }

    private Loads() {}
  }
}
