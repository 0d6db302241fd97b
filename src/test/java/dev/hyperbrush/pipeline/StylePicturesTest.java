package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StylePicturesTest {
  private static final byte[] JPEG = {1, 2, 3};

  @TempDir private Path data;
  private ModelCatalogue catalogue;
  private ModelVariant tiny;
  private StylePictures pictures;

  @BeforeEach
  void open() {
    catalogue = ModelCatalogue.load(data);
    tiny = catalogue.defaultModel();
    pictures = pictures("a fox");
  }

  @Test
  void aPictureIsKeptUntilTheFilesOrTheWordsChange() throws IOException {
    assertThat(pictures.missing(catalogue, any -> true)).contains(tiny);
    pictures.keep(tiny, JPEG);
    assertThat(pictures.find(tiny).orElseThrow()).hasBinaryContent(JPEG);
    assertThat(pictures.missing(catalogue, any -> true)).isEmpty();
    assertThat(pictures("a fox").find(tiny)).as("after a restart").isPresent();
    assertThat(pictures("a bear").find(tiny)).isEmpty();

    Path weights = data.resolve("models/tiny/unet/config.json");
    Files.setLastModifiedTime(weights, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(pictures.find(tiny)).isEmpty();
    assertThat(pictures.missing(catalogue, any -> true)).contains(tiny);
  }

  @Test
  void whatCannotBeDrawnIsLeftAlone() {
    pictures.giveUp(tiny);
    assertThat(pictures.missing(catalogue, any -> true)).isEmpty();
    assertThat(pictures("a fox").missing(catalogue, any -> true))
        .as("after a restart")
        .contains(tiny);
  }

  @Test
  void itIsDrawnAsForPeopleWhoNameNothing() {
    assertThat(pictures.request(tiny))
        .satisfies(request -> {
          assertThat(request.prompt()).isEqualTo("a fox");
          assertThat(request.steps()).isEqualTo(tiny.recipes().getFirst().defaultSteps());
          assertThat(request.size()).isEqualTo(tiny.nativeSize());
        })
        .isEqualTo(pictures.request(tiny));
  }

  @Test
  void nothingIsMissingWhereNoneAreWanted() {
    StylePictures none = new StylePictures(data, new StyleSettings(false, "a fox", Duration.ZERO));
    assertThat(none.missing(catalogue, any -> true)).isEqualTo(Optional.empty());
  }

  private StylePictures pictures(String prompt) {
    return new StylePictures(data, new StyleSettings(true, prompt, Duration.ZERO));
  }
}
