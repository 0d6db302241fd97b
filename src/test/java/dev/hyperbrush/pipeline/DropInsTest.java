package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.checkpoint.SafetensorsWriter;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DropInsTest {
  @TempDir private Path folder;
  private final TestClock clock = new TestClock();
  private DropIns files;

  @BeforeEach
  void look() throws IOException {
    Files.writeString(folder.resolve("old.txt"), "there before");
    files = new DropIns(List.of(folder, folder.resolve("missing")), clock);
    files.look();
    clock.advance(DropIns.LEFT);
    files.look();
  }

  @Test
  void aFileThatGrowsIsTakenWhenItHasStoodStillAndIsWhole() throws IOException {
    byte[] whole = weights();
    Path file = folder.resolve("new.safetensors");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(files.look()).isFalse();
    assertThat(files.isReady(file)).isFalse();

    clock.advance(DropIns.STILL);
    assertThat(files.look()).as("still, but cut off").isFalse();

    Files.write(file, whole);
    assertThat(files.look()).as("whole, but only just").isFalse();
    assertThat(files.isWaiting()).isTrue();

    clock.advance(DropIns.STILL);
    assertThat(files.look()).isTrue();
    assertThat(files.isReady(file)).isTrue();
    assertThat(files.isWaiting()).isFalse();
    assertThat(files.look()).as("nothing new").isFalse();
  }

  @Test
  void aFileThatStaysBrokenIsShownAsWhatItIsInTheEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.safetensors"), "no weights");
    files.look();
    clock.advance(DropIns.STILL);
    assertThat(files.look()).isFalse();
    clock.advance(DropIns.LEFT);
    assertThat(files.look()).isTrue();
    assertThat(files.isReady(file)).isTrue();
  }

  @Test
  void aFolderIsReadyWhenAllThatIsInItIs() throws IOException {
    Path model = folder.resolve("model");
    Files.createDirectories(model.resolve("unet"));
    Path config = Files.writeString(model.resolve("unet/config.json"), "{}");
    files.look();
    assertThat(files.isReady(model)).isFalse();
    clock.advance(DropIns.STILL);
    Files.writeString(config, "{\"more\": 1}");
    files.look();
    assertThat(files.isReady(model)).isFalse();
    assertThat(files.isReady(folder.resolve("mode"))).as("another name").isTrue();
    clock.advance(DropIns.STILL);
    files.look();
    assertThat(files.isReady(model)).isTrue();
  }

  @Test
  void whatIsTakenAwayIsAChange() throws IOException {
    Files.delete(folder.resolve("old.txt"));
    assertThat(files.look()).isTrue();
    assertThat(files.look()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {".hidden.safetensors", "x.safetensors.part", "x.crdownload"})
  void whatIsBeingDownloadedIsNotLookedAt(String name) throws IOException {
    Files.writeString(folder.resolve(name), "half of it");
    files.look();
    assertThat(files.isWaiting()).isFalse();
    clock.advance(DropIns.LEFT);
    assertThat(files.look()).isFalse();
  }

  private byte[] weights() throws IOException {
    Path file = folder.resolve(".weights");
    SafetensorsWriter.write(
        file, DType.F32, Map.of("a", new Tensor(new int[] {64}, new float[64])));
    return Files.readAllBytes(file);
  }
}
