package dev.hyperbrush.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.graph.VaeGraph;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OnnxVaeTest {
  @TempDir Path folder;

  private final Component component = Components.tiny("vae");

  @Test
  void eachPictureOfABatchIsItsOwn() {
    Tensor latents = random(2, 4, 6, 5);
    try (OnnxVae vae = load(component)) {
      List<RgbImage> both = vae.decode(latents, Cancellation.none());
      RgbImage second = vae.decode(latents.slice(1, 2), Cancellation.none()).getFirst();
      assertThat(both).hasSize(2);
      assertThat(second.width()).isEqualTo(5 * Vae.FACTOR);
      assertThat(second.height()).isEqualTo(6 * Vae.FACTOR);
      assertThat(both.get(1).rgb()).isEqualTo(second.rgb());
      assertThat(both.get(0).rgb()).isNotEqualTo(second.rgb());
    }
  }

  /** As files of the first latent diffusion models have them. */
  @Test
  void anAttentionMayBeStoredAsConvolution() throws IOException {
    Map<String, Tensor> values = Components.values(component);
    values.replaceAll((name, value) ->
        name.contains("attentions") && value.shape().length == 2
            ? new Tensor(new int[] {value.dim(0), value.dim(1), 1, 1}, value.data())
            : value);
    Component convolution = Components.write(component, folder, DType.F16, values);
    Tensor latents = random(1, 4, 4, 4);
    assertThat(decoded(convolution, latents)).isEqualTo(decoded(component, latents));
  }

  @Test
  void noPictureWhenCancelled() {
    Cancellation cancellation = new Cancellation();
    cancellation.request();
    try (OnnxVae vae = load(component)) {
      assertThatThrownBy(() -> vae.decode(random(1, 4, 4, 4), cancellation))
          .isInstanceOf(CancelledException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "block_out_channels, '[32, 64]'",
    "latents_mean, '[0, 0, 0, 0]'",
    "shift_factor, 0.1",
    "scaling_factor, 0",
    "norm_num_groups, 5",
    "use_quant_conv, 3"
  })
  void whatTheGraphDoesNotHaveIsRefusedByName(String key, String json) throws IOException {
    Component odd = Components.configured(component, key, json);
    assertThatThrownBy(() -> VaeGraph.decoder(odd))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'" + key + "'");
  }

  private static byte[] decoded(Component vae, Tensor latents) {
    try (OnnxVae loaded = load(vae)) {
      return loaded.decode(latents, Cancellation.none()).getFirst().rgb();
    }
  }

  private static OnnxVae load(Component component) {
    return OnnxVae.load(component, OnnxSettings.cpu());
  }

  private static Tensor random(int... shape) {
    Random random = new Random(3);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }
}
