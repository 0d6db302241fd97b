package dev.hyperbrush.denoiser;

import static dev.hyperbrush.tensor.Closeness.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What diffusers computed on the same weights. */
@Tag("golden")
final class OnnxDenoiserGoldenTest {
  private static final double TOLERANCE = 2e-5;

  private static OnnxDenoiser denoiser;
  private static SafetensorsFile golden;

  @BeforeAll
  static void load() {
    golden = SafetensorsFile.open(Reference.path("components/unet.safetensors"));
    Component unet = Component.open("unet", Reference.path("tiny-sdxl/unet"));
    denoiser = OnnxDenoiser.load(unet, OnnxSettings.cpu());
  }

  @AfterAll
  static void close() {
    denoiser.close();
  }

  static List<JsonNode> cases() throws IOException {
    return Reference.json("components/unet.json").valueStream().toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictsAsDiffusersDoes(JsonNode unet) {
    String name = unet.get("case").asText() + ".";
    Conditioning conditioning =
        new Conditioning(
            golden.read(name + "encoder_hidden_states"),
            Optional.of(
                new AddedConditioning(
                    golden.read(name + "text_embeds"), golden.read(name + "time_ids"))));
    Tensor prediction =
        denoiser.predict(
            golden.read(name + "sample"),
            unet.get("timestep").floatValue(),
            conditioning,
            Cancellation.none());
    assertClose("prediction", prediction, golden.read(name + "output"), TOLERANCE);
  }
}
