package dev.hyperbrush.vae;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.graph.TinyVaeGraph;
import dev.hyperbrush.graph.VaeGraph;
import dev.hyperbrush.onnx.OnnxArray;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiny decoder and encoder, beside what diffusers' {@code AutoencoderTiny} computed. */
final class TinyVaeTest {
  private static final double TOLERANCE = 5e-5;

  private final SafetensorsFile golden =
      SafetensorsFile.open(Reference.path("vae/tiny_goldens.safetensors"));

  @ParameterizedTest
  @Tag("golden")
  @ValueSource(
      strings = {
        "vae/tiny",
        "vae/tiny/diffusion_pytorch_model.safetensors",
        "vae/taesd_decoder.safetensors"
      })
  void decodesAsDiffusersDoes(String file) {
    try (TinyVae tiny = load(file, VaeTiling.NEVER)) {
      Tensor image = tiny.decodeFloat(golden.read("latents"), Cancellation.none());
      assertClose(file, image, golden.read("image"), TOLERANCE);
      assertThat(tiny.factor()).isEqualTo(8);
      assertThat(tiny.latentChannels()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @Tag("golden")
  @ValueSource(strings = {"vae/tiny", "vae/taesd_encoder.safetensors"})
  void encodesAsDiffusersDoes(String file) {
    try (OnnxSession encoder =
        OnnxSession.open(
            TinyVaeGraph.encoder(TinyVae.weights(Reference.path(file))), OnnxSettings.cpu())) {
      Tensor latents =
          encoder
              .run(
                  Map.of(VaeGraph.IMAGE, new OnnxArray.Floats(golden.read("picture"))),
                  Set.of(VaeGraph.LATENTS),
                  Cancellation.none())
              .floats(VaeGraph.LATENTS);
      assertClose(file, latents, golden.read("encoded"), TOLERANCE);
    }
  }

  @Test
  void picturesAreRoundedAndCutOff() {
    try (TinyVae tiny = load("vae/tiny", VaeTiling.NEVER)) {
      RgbImage picture = tiny.decode(golden.read("latents"), Cancellation.none()).getFirst();
      float[] image = golden.read("image").data();
      for (int i = 0; i < picture.rgb().length; i++) {
        float value = image[i % 3 * 48 * 40 + i / 3];
        double exact = 255 * Math.clamp(value / 2 + 0.5, 0.0, 1.0);
        assertThat((double) (picture.rgb()[i] & 0xFF)).isBetween(exact - 0.51, exact + 0.51);
      }
    }
  }

  /** Without normalizations a pixel depends on what is near it only. */
  @Test
  void tilesGiveTheSamePicture() {
    Tensor latents = Tensor.zeros(1, 4, 4, 160);
    for (int i = 0; i < latents.data().length; i++) {
      latents.data()[i] = (float) Math.sin(i * 0.7) * 2;
    }
    try (TinyVae whole = load("vae/tiny", VaeTiling.NEVER);
        TinyVae tiles = load("vae/tiny", VaeTiling.ALWAYS)) {
      RgbImage expected = whole.decode(latents, Cancellation.none()).getFirst();
      RgbImage tiled = tiles.decode(latents, Cancellation.none()).getFirst();
      int difference = 0;
      for (int i = 0; i < tiled.rgb().length; i++) {
        difference += Math.abs((tiled.rgb()[i] & 0xFF) - (expected.rgb()[i] & 0xFF));
      }
      assertThat((double) difference / tiled.rgb().length).isLessThan(1);
    }
  }

  @Test
  void anotherFileIsRefusedByWhatItLacks() {
    assertThatThrownBy(() -> load("components/vae.safetensors", VaeTiling.AUTO))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("decoder.layers.0.weight");
  }

  private static TinyVae load(String file, VaeTiling tiling) {
    Path path = Reference.path(file);
    return TinyVae.load(path, OnnxSettings.cpu(), VaePolicy.of(tiling));
  }
}
