package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The LoRAs packed with the built-in model are for it, with everything in them. */
final class BuiltinLorasTest {
  private static final Path PACKED = Path.of("src/main/resources/dev/hyperbrush/models/tiny");

  @TempDir Path cache;

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(PACKED.resolve("lora"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyKeyIsKnown(Path file) {
    LoraFusion fusion =
        new LoraFusion(
            DiffusersFolder.open(PACKED).adaptable(),
            new FusedCache(cache, FusionSettings.standard()));
    LoraReport report =
        fusion.fuse(List.of(new AppliedLora(LoraFile.open(file), 1))).reports().getFirst();
    assertThat(report.unknownKeys()).isEmpty();
    assertThat(report.layers()).isPositive();
  }
}
