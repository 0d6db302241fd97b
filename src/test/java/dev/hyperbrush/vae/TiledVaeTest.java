package dev.hyperbrush.vae;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.BuiltinFiles;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures that go through the VAE in tiles. */
final class TiledVaeTest {
  @TempDir Path folder;
  private static final int FACTOR = 8;

  private final Component component = Components.tiny("vae");

  /**
   * Diffusers has a narrow tile at the end of each side, inside of the one before; up to there its
   * tiles are the same as here.
   */
  @Test
  @Tag("golden")
  void tilesAreBlendedAsDiffusersDoes() {
    SafetensorsFile golden = SafetensorsFile.open(Reference.path("vae/tiled.safetensors"));
    try (OnnxVae vae = withTiles(4, VaeTiling.ALWAYS)) {
      Tensor decoded = vae.decodeTiledFloat(golden.read("decode.latents"), Cancellation.none());
      Tensor expected = golden.read("decode.tiled");
      assertThat(decoded.shape()).isEqualTo(expected.shape());
      assertClose("decoded", same(decoded, FACTOR), same(expected, FACTOR), 5e-5);
      LatentDistribution encoded = vae.encode(golden.read("encode.image"), Cancellation.none());
      assertClose("mean", same(encoded.mean(), 1), same(golden.read("encode.mean"), 1), 5e-5);
      Tensor logVariance = golden.read("encode.logvar");
      assertClose("variance", same(encoded.logVariance(), 1), same(logVariance, 1), 5e-5);
    }
  }

  /** Of 10 times 7 latents those before the narrow tiles, which begin at 9 and at 6. */
  private static Tensor same(Tensor tensor, int factor) {
    Tensor part = Tensor.zeros(1, tensor.dim(1), 9 * factor, 6 * factor);
    Planes.cut(tensor, 0, 0, part);
    return part;
  }

  /** The VAE of the program's own model, which was trained, makes of a scene what was shown. */
  @Test
  void seamsAreNotVisible() {
    new BuiltinFiles("/dev/hyperbrush/models/tiny").unpackTo(folder);
    Component trained = Component.open("vae", folder.resolve("vae"));
    try (OnnxVae vae =
        OnnxVae.withTiles(32, trained, OnnxSettings.cpu(), VaePolicy.of(VaeTiling.NEVER))) {
      Tensor latents = vae.encode(scene(384, 416), Cancellation.none()).mean();
      Tensor scaled = Components.scaled(latents, 0.13025f);
      RgbImage whole = vae.decode(scaled, Cancellation.none()).getFirst();
      RgbImage tiled = vae.decodeTiled(scaled, Cancellation.none()).getFirst();
      assertThat(meanDifference(whole, tiled)).isBetween(0.1, 6.0);
      TileSpan tiles = TileSpan.over(52, 32, 8);
      int begin = tiles.start(1) * FACTOR;
      int end = begin + tiles.overlap(1) * FACTOR;
      assertThat(step(whole, tiled, begin)).isLessThan(2 * meanStep(whole, tiled));
      assertThat(step(whole, tiled, end)).isLessThan(2 * meanStep(whole, tiled));
    }
  }

  /** How much more two neighbouring columns differ in one picture than in the other. */
  private static double step(RgbImage whole, RgbImage tiled, int x) {
    double sum = 0;
    for (int y = 0; y < whole.height(); y++) {
      for (int channel = 0; channel < 3; channel++) {
        int here = difference(whole, tiled, x, y, channel);
        sum += Math.abs(here - difference(whole, tiled, x - 1, y, channel));
      }
    }
    return sum / (3 * whole.height());
  }

  private static double meanStep(RgbImage whole, RgbImage tiled) {
    double sum = 0;
    for (int x = 1; x < whole.width(); x++) {
      sum += step(whole, tiled, x);
    }
    return sum / (whole.width() - 1);
  }

  private static double meanDifference(RgbImage whole, RgbImage tiled) {
    double sum = 0;
    for (int i = 0; i < whole.rgb().length; i++) {
      sum += Math.abs((whole.rgb()[i] & 0xFF) - (tiled.rgb()[i] & 0xFF));
    }
    return sum / whole.rgb().length;
  }

  private static int difference(RgbImage whole, RgbImage tiled, int x, int y, int channel) {
    return whole.channel(x, y, channel) - tiled.channel(x, y, channel);
  }

  @ParameterizedTest
  @CsvSource({
    "64, 1, 64, 0",
    "65, 2, 41, 24",
    "112, 2, 64, 48",
    "113, 3, 49, 32",
    "128, 3, 54, 37"
  })
  void tilesAreAsFewAndAsShortAsPossible(int size, int count, int length, int second) {
    TileSpan tiles = TileSpan.over(size, 64, 16);
    assertThat(tiles.count()).isEqualTo(count);
    assertThat(tiles.length()).isEqualTo(length);
    assertThat(tiles.start(count - 1) + length).isEqualTo(size);
    if (count > 1) {
      assertThat(tiles.start(1)).isEqualTo(second);
      assertThat(tiles.overlap(1)).isGreaterThanOrEqualTo(16);
    }
  }

  private OnnxVae withTiles(int latents, VaeTiling tiling) {
    return OnnxVae.withTiles(latents, component, OnnxSettings.cpu(), VaePolicy.of(tiling));
  }

  /** A sky that grows lighter to the right, hills, and a sun: {@code [1, 3, height, width]}. */
  private static Tensor scene(int height, int width) {
    Tensor picture = Tensor.zeros(1, 3, height, width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float[] colour = colour((double) x / width, (double) y / height);
        for (int channel = 0; channel < 3; channel++) {
          picture.data()[(channel * height + y) * width + x] = colour[channel];
        }
      }
    }
    return picture;
  }

  private static float[] colour(double x, double y) {
    if (y > 0.7 + 0.1 * Math.sin(9 * x)) {
      return new float[] {-0.6f, (float) (0.3 - 0.8 * (y - 0.7)), -0.5f};
    }
    return Math.hypot(x - 0.62, y - 0.3) < 0.12
        ? new float[] {0.9f, 0.8f, -0.2f}
        : new float[] {(float) (x - 0.7), (float) (x - 0.4), (float) (0.4 + 0.4 * x)};
  }
}
