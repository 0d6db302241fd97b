package dev.hyperbrush.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TelemetryTest {
  @TempDir Path caches;
  @TempDir Path temporary;

  /** In a process of its own: the command line and the environment matter. */
  @Test
  void writesNoIdentifierAndBearsALongCommandLine() throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Loads.class.getName(),
            "a long prompt ".repeat(5000));
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
    assertThat(files(caches)).isNotEmpty().noneMatch(file -> file.contains("Microsoft"));
    assertThat(files(temporary)).isEmpty();
  }

  private static Stream<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList().stream();
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
