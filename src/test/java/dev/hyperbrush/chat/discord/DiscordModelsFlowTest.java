package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.fakediscord.FakeFile;
import dev.hyperbrush.fakediscord.FakeMessage;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.image.JpegEncoder;
import dev.hyperbrush.image.PngEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is to draw with, shown on Discord. */
final class DiscordModelsFlowTest {
  @TempDir private Path data;
  private DiscordWorld world;
  private byte[] style = {};

  @BeforeEach
  void begin() throws IOException {
    byte[] png = PngEncoder.encode(new RgbImage(64, 64, new byte[64 * 64 * 3]), "");
    style = JpegEncoder.encode(png, 100_000, 512);
    Files.write(data.resolve("small.jpg"), style);
    world = new DiscordWorld(data);
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void theModelsAreShownWithTheirStyles() {
    FakeMessage all = world.ann.in(world.channel()).slash("models").reply();
    assertThat(all.text()).contains("small – Model small", "turbo-xl");
    assertThat(all.files()).extracting(FakeFile::name).containsExactly("small.jpg");
    assertThat(all.files().getFirst().bytes()).isEqualTo(style);

    FakeMessage one =
        world.ann.in(world.channel()).slash("models", Map.of("model", "small")).reply();
    assertThat(one.text()).contains("small – Model small").doesNotContain("turbo-xl");
    assertThat(one.files()).extracting(FakeFile::name).containsExactly("small.jpg");
  }

  @Test
  void theLorasAreShown() {
    FakeMessage loras = world.ann.in(world.channel()).slash("loras").reply();
    assertThat(loras.text()).contains("outline", "Pixel Art", "fast:v2");
  }
}
