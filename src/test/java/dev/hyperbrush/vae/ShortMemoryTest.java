package dev.hyperbrush.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.onnx.OutOfMemory;
import dev.hyperbrush.onnx.RunObserver;
import dev.hyperbrush.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real VAE whose runs are said to have found no memory, the first few of them. */
final class ShortMemoryTest {
  private static final Tensor LATENTS = Tensor.zeros(1, 4, 6, 6);

  private int failing;
  private int runs;

  @Test
  void whatDidNotFitAtOnceIsDoneInTiles() {
    failing = 1;
    RgbImage picture = decode(VaeTiling.AUTO, LATENTS).getFirst();
    assertThat(picture.width()).isEqualTo(48);
    assertThat(runs).isEqualTo(1 + 4);
  }

  @Test
  void picturesAreEncodedInTilesToo() {
    failing = 1;
    try (OnnxVae vae = vae(VaeTiling.AUTO)) {
      Tensor mean = vae.encode(Tensor.zeros(1, 3, 48, 48), Cancellation.none()).mean();
      assertThat(mean.shape()).containsExactly(1, 4, 6, 6);
    }
    assertThat(runs).isEqualTo(1 + 4);
  }

  @Test
  void whatDoesNotFitInTilesIsNotTriedTwice() {
    failing = 9;
    assertTooLarge(VaeTiling.ALWAYS, LATENTS);
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void whoWantsNoTilesGetsNone() {
    failing = 9;
    assertTooLarge(VaeTiling.NEVER, LATENTS);
    assertThat(runs).isEqualTo(1);
    assertThat(VaePolicy.of(VaeTiling.NEVER).frugal().tiling()).isEqualTo(VaeTiling.NEVER);
    assertThat(VaePolicy.of(VaeTiling.AUTO).frugal().tiling()).isEqualTo(VaeTiling.ALWAYS);
  }

  @Test
  void whatIsNoLargerThanATileIsNotTriedTwice() {
    failing = 9;
    assertTooLarge(VaeTiling.AUTO, Tensor.zeros(1, 4, 4, 4));
    assertThat(runs).isEqualTo(1);
  }

  private void assertTooLarge(VaeTiling tiling, Tensor latents) {
    assertThatThrownBy(() -> decode(tiling, latents)).isInstanceOf(OutOfMemory.class);
  }

  private List<RgbImage> decode(VaeTiling tiling, Tensor latents) {
    try (OnnxVae vae = vae(tiling)) {
      return vae.decode(latents, Cancellation.none());
    }
  }

  private OnnxVae vae(VaeTiling tiling) {
    OnnxSettings settings = OnnxSettings.cpu().observed(new Counting());
    VaePolicy policy = new VaePolicy(tiling, () -> Long.MAX_VALUE, new HalfPrecision());
    return OnnxVae.withTiles(4, Components.tiny("vae"), settings, policy);
  }

  private final class Counting implements RunObserver {
    @Override
    public void opened(String network, long from, long to) {}

    @Override
    public void ran(String network, long from, long to) {
      runs++;
      if (runs <= failing) {
        throw new OutOfMemory(network, "Failed to allocate memory", new IllegalStateException());
      }
    }
  }
}
