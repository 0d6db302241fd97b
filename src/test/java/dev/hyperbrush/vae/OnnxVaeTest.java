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
import dev.hyperbrush.graph.Precision;
import dev.hyperbrush.graph.VaeGraph;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
      assertThat(second.width()).isEqualTo(5 * vae.factor());
      assertThat(second.height()).isEqualTo(6 * vae.factor());
      assertThat(both.get(1).rgb()).isEqualTo(second.rgb());
      assertThat(both.get(0).rgb()).isNotEqualTo(second.rgb());
    }
  }

  @Test
  void threeBlocksMakeFourPixelsOfALatent() throws IOException {
    try (OnnxVae vae = load(threeBlocks())) {
      RgbImage picture = vae.decode(random(1, 4, 6, 5), Cancellation.none()).getFirst();
      LatentDistribution latents = vae.encode(random(1, 3, 24, 20), Cancellation.none());
      assertThat(vae.factor()).isEqualTo(4);
      assertThat(picture.width()).isEqualTo(20);
      assertThat(picture.height()).isEqualTo(24);
      assertThat(latents.mean().shape()).isEqualTo(new int[] {1, 4, 6, 5});
    }
  }

  /** The tiny model without its second finest resolution; both its neighbours fit together. */
  private Component threeBlocks() throws IOException {
    Map<String, Tensor> values = new LinkedHashMap<>();
    Components.values(component)
        .forEach((name, value) -> {
          if (!name.startsWith("encoder.down_blocks.1.")) {
            values.put(
                name.replace("down_blocks.2.", "down_blocks.1.")
                    .replace("down_blocks.3.", "down_blocks.2."),
                value);
          }
        });
    Component three = Components.write(component, folder, DType.F16, values);
    three = Components.configured(three, "block_out_channels", "[32, 64, 64]");
    three = Components.configured(three, "down_block_types", list("DownEncoderBlock2D"));
    return Components.configured(three, "up_block_types", list("UpDecoderBlock2D"));
  }

  private static String list(String name) {
    return "['%1$s', '%1$s', '%1$s']".formatted(name);
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
    "block_out_channels, '[32, 32, 32, 32, 32, 32, 32, 32, 32]'",
    "down_block_types, '[1]'",
    "latents_mean, '[0, 0, 0, 0]'",
    "shift_factor, 0.1",
    "scaling_factor, 0",
    "norm_num_groups, 5",
    "use_quant_conv, 3"
  })
  void whatTheGraphDoesNotHaveIsRefusedByName(String key, String json) throws IOException {
    Component odd = Components.configured(component, key, json);
    assertThatThrownBy(() -> VaeGraph.decoder(odd, Precision.FLOAT))
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
