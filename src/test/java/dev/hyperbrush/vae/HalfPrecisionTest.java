package dev.hyperbrush.vae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.graph.Precision;
import dev.hyperbrush.onnx.ExecutionProvider;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * VAEs in half precision. On the processor ONNX Runtime computes such a graph's layers in 32 bits,
 * and rounds what passes between them to 16: what is too large becomes infinite there too.
 */
final class HalfPrecisionTest {
  /** Settings for a card; without one ONNX Runtime takes the processor. */
  private static final OnnxSettings CARD = OnnxSettings.cpu().withProvider(ExecutionProvider.CUDA);

  @TempDir Path folder;

  private final Component tiny = Components.tiny("vae");
  private final VaePolicy policy = VaePolicy.of(VaeTiling.AUTO);

  @ParameterizedTest
  @CsvSource({
    "CUDA, false, 0.13025, HALF",
    "CUDA, true, 0.13025, FLOAT",
    "CUDA, null, 0.13025, FLOAT",
    "CUDA, null, 0.18215, HALF",
    "CUDA, true, 0.18215, FLOAT",
    "CPU, false, 0.13025, FLOAT"
  })
  void onCardsWhereTheVaeIsSaidToBearIt(
      ExecutionProvider provider, String upcast, String factor, Precision precision)
      throws IOException {
    Component vae = Components.configured(tiny, "force_upcast", upcast);
    vae = Components.configured(vae, "scaling_factor", factor);
    assertThat(policy.half().of(vae, provider)).isEqualTo(precision);
  }

  @Test
  void drawsTheSamePictureWithinAFewGreyLevels() throws IOException {
    Component safe = Components.configured(tiny, "force_upcast", "false");
    assertThat(farthest(decode(safe, CARD), decode(safe, OnnxSettings.cpu()))).isBetween(1, 6);
    assertThat(policy.half().of(safe, ExecutionProvider.CUDA)).isEqualTo(Precision.HALF);
  }

  /** Numbers before a normalization may be of any size: the picture is the same. */
  @Test
  void whatOverflowsIsDecodedAgainInFloatsAndRemembered() throws IOException {
    Component large = overflowing();
    RgbImage picture = decode(large, CARD);
    assertThat(farthest(picture, decode(large, OnnxSettings.cpu()))).isZero();
    assertThat(Pixels.areBlack(picture)).isFalse();
    assertThat(policy.half().of(large, ExecutionProvider.CUDA)).isEqualTo(Precision.FLOAT);
  }

  @Test
  void whatOverflowsInTilesOrWhileEncodingIsComputedAgainToo() throws IOException {
    Component large = overflowing();
    Tensor latents = random(1, 4, 6, 6);
    try (OnnxVae half = OnnxVae.withTiles(4, large, CARD, policy);
        OnnxVae floats = OnnxVae.withTiles(4, large, OnnxSettings.cpu(), policy)) {
      RgbImage picture = half.decodeTiled(latents, Cancellation.none()).getFirst();
      assertThat(farthest(picture, floats.decodeTiled(latents, Cancellation.none()).getFirst()))
          .isZero();
    }
    VaePolicy fresh = VaePolicy.of(VaeTiling.AUTO);
    Tensor image = random(1, 3, 32, 32);
    try (OnnxVae half = OnnxVae.load(large, CARD, fresh);
        OnnxVae floats = OnnxVae.load(large, OnnxSettings.cpu(), fresh)) {
      Tensor mean = half.encode(image, Cancellation.none()).mean();
      assertThat(mean.data()).isEqualTo(floats.encode(image, Cancellation.none()).mean().data());
    }
    assertThat(fresh.half().of(large, ExecutionProvider.CUDA)).isEqualTo(Precision.FLOAT);
  }

  /**
   * Weights that are no numbers give black pictures in any precision: that is for others to say.
   */
  @Test
  void whatIsBrokenInFloatsTooIsBlack() throws IOException {
    Map<String, Tensor> values = Components.values(tiny);
    values.computeIfPresent(
        "decoder.conv_out.bias", (name, bias) -> Components.scaled(bias, Float.NaN));
    Component broken = Components.write(tiny, folder, DType.F32, values);
    broken = Components.configured(broken, "force_upcast", "false");
    assertThat(Pixels.areBlack(decode(broken, CARD))).isTrue();
    assertThat(Pixels.areBlack(decode(broken, OnnxSettings.cpu()))).isTrue();
    assertThat(policy.half().of(broken, ExecutionProvider.CUDA)).isEqualTo(Precision.HALF);
  }

  /** The tiny VAE with a first convolution that gives numbers beyond 65504, in both halves. */
  private Component overflowing() throws IOException {
    Map<String, Tensor> values = Components.values(tiny);
    values.replaceAll(
        (name, value) -> name.contains("coder.conv_in.") ? Components.scaled(value, 1e6f) : value);
    Component large = Components.write(tiny, folder, DType.F32, values);
    return Components.configured(large, "force_upcast", "false");
  }

  private RgbImage decode(Component vae, OnnxSettings settings) {
    try (OnnxVae loaded = OnnxVae.load(vae, settings, policy)) {
      return loaded.decode(random(1, 4, 6, 5), Cancellation.none()).getFirst();
    }
  }

  private static int farthest(RgbImage a, RgbImage b) {
    int farthest = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      farthest = Math.max(farthest, Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF)));
    }
    return farthest;
  }

  private static Tensor random(int... shape) {
    Random random = new Random(4);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }
}
