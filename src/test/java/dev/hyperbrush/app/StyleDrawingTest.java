package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.pipeline.InstalledCatalogue;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.StylePictures;
import dev.hyperbrush.pipeline.StyleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which model is worth loading for a picture that nobody has asked for. */
final class StyleDrawingTest {
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final Duration LONG_QUIET = Duration.ofMinutes(10);

  @TempDir private Path data;
  private StyleDrawing drawing;

  @BeforeEach
  void open() throws IOException {
    ModelCatalogue.load(data);
    Path tiny = data.resolve("models/tiny");
    try (var files = Files.walk(tiny)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, data.resolve("models/other").resolve(tiny.relativize(file).toString()));
      }
    }
    InstalledCatalogue installed = InstalledCatalogue.open(data, Optional.empty(), "tiny");
    StyleSettings settings = new StyleSettings(true, "a fox", QUIET);
    drawing = new StyleDrawing(installed, new StylePictures(data, settings), QUIET);
  }

  @Test
  void atFirstOnlyTheModelThatIsLoaded() {
    assertThat(next(Optional.of("other"), QUIET)).contains("other");
    assertThat(next(Optional.of("tiny"), QUIET)).contains("tiny");
    assertThat(next(Optional.empty(), QUIET)).as("loaded for whoever comes first").contains("tiny");
  }

  @Test
  void anotherAfterALongQuietAndEachOnce() {
    fail("tiny");
    assertThat(next(Optional.of("tiny"), LONG_QUIET.minusSeconds(1))).isEmpty();
    assertThat(next(Optional.of("tiny"), LONG_QUIET)).contains("other");
    fail("other");
    assertThat(next(Optional.of("tiny"), LONG_QUIET)).isEmpty();
  }

  private void fail(String model) {
    GenerationRequest request = drawing.next(Optional.of(model), QUIET).orElseThrow();
    drawing.failed(request, new IllegalStateException("broken"));
  }

  private Optional<String> next(Optional<String> loaded, Duration quiet) {
    return drawing.next(loaded, quiet).map(GenerationRequest::model);
  }
}
