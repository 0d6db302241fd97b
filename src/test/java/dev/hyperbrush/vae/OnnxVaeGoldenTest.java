package dev.hyperbrush.vae;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What diffusers computed on the same weights. */
@Tag("golden")
final class OnnxVaeGoldenTest {
  private static final double TOLERANCE = 5e-5;

  private static OnnxVae vae;
  private static SafetensorsFile golden;

  @BeforeAll
  static void load() {
    golden = SafetensorsFile.open(Reference.path("components/vae.safetensors"));
    vae = OnnxVae.load(Component.open("vae", Reference.path("tiny-sdxl/vae")), OnnxSettings.cpu());
  }

  @AfterAll
  static void close() {
    vae.close();
  }

  static List<String> decodeCases() throws IOException {
    return cases("decode");
  }

  static List<String> encodeCases() throws IOException {
    return cases("encode");
  }

  /** Such as {@code decode.a.}, as the tensors begin. */
  private static List<String> cases(String kind) throws IOException {
    return Reference.json("components/vae.json")
        .valueStream()
        .filter(node -> node.get("kind").asText().equals(kind))
        .map((JsonNode node) -> kind + "." + node.get("case").asText() + ".")
        .toList();
  }

  @ParameterizedTest
  @MethodSource("decodeCases")
  void decodesAsDiffusersDoes(String name) {
    Tensor latents = golden.read(name + "latent_scaled");
    Tensor expected = golden.read(name + "image");
    assertClose(name, vae.decodeFloat(latents, Cancellation.none()), expected, TOLERANCE);
    List<RgbImage> pictures = vae.decode(latents, Cancellation.none());
    assertThat(pictures).hasSize(expected.dim(0));
    for (int i = 0; i < pictures.size(); i++) {
      assertRounded(pictures.get(i), expected.slice(i, i + 1));
    }
  }

  /** Each byte is within half a grey level of the exact value, give or take the tolerance. */
  private static void assertRounded(RgbImage picture, Tensor image) {
    int plane = picture.width() * picture.height();
    assertThat(image.shape()).isEqualTo(new int[] {1, 3, picture.height(), picture.width()});
    for (int i = 0; i < plane; i++) {
      for (int channel = 0; channel < 3; channel++) {
        double exact = 255 * Math.clamp(image.data()[channel * plane + i] / 2 + 0.5, 0.0, 1.0);
        int actual = picture.rgb()[i * 3 + channel] & 0xFF;
        assertThat(Math.abs(actual - exact)).isLessThanOrEqualTo(0.5 + 255 * TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encodeCases")
  void encodesAsDiffusersDoes(String name) {
    LatentDistribution latents = vae.encode(golden.read(name + "image"), Cancellation.none());
    assertClose(name, latents.mean(), golden.read(name + "mean"), TOLERANCE);
    assertClose(name, latents.logVariance(), golden.read(name + "logvar_clamped"), TOLERANCE);
  }
}
