package dev.hyperbrush.pipeline;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.AppliedLora;
import dev.hyperbrush.checkpoint.DiffusersFolder;
import dev.hyperbrush.checkpoint.FusedCache;
import dev.hyperbrush.checkpoint.FusionSettings;
import dev.hyperbrush.checkpoint.LoraFile;
import dev.hyperbrush.checkpoint.LoraFusion;
import dev.hyperbrush.checkpoint.ModelFiles;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.denoiser.AddedConditioning;
import dev.hyperbrush.denoiser.Conditioning;
import dev.hyperbrush.denoiser.OnnxDenoiser;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tiny UNet computes with each kind of LoRA fused, as diffusers computed it. */
@Tag("golden")
final class LoraKindsGoldenTest {
  private static final Path DATA = Path.of("src/test/resources/lora-kinds");
  private static final double TOLERANCE = 2e-5;
  private static final int TIMESTEP = 500;

  @TempDir Path cache;

  static List<String> cases() {
    return golden().names().stream().filter(name -> name.contains("@")).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesAsTheReference(String name) {
    String kind = name.substring(0, name.indexOf('@'));
    double strength = Double.parseDouble(name.substring(name.indexOf('@') + 1));
    ModelFiles model = DiffusersFolder.open(Reference.path("tiny-sdxl"));
    LoraFile file = LoraFile.open(DATA.resolve("unet-" + kind + ".safetensors"));
    try (LoraFusion fusion =
        new LoraFusion(model.adaptable(), new FusedCache(cache, FusionSettings.standard()))) {
      assertThat(fusion.fuse(List.of(new AppliedLora(file, strength))).reports())
          .allMatch(report -> report.notices().isEmpty());
      OnnxSettings settings = OnnxSettings.cpu();
      try (OnnxDenoiser denoiser =
          OnnxDenoiser.load(model.unet().withWeights(fusion.weights("unet")), settings)) {
        Tensor prediction =
            denoiser.predict(
                golden().read("sample"), TIMESTEP, conditioning(), Cancellation.none());
        assertClose(kind, prediction, golden().read(name), TOLERANCE);
      }
    }
  }

  private static Conditioning conditioning() {
    return new Conditioning(
        golden().read("encoder_hidden_states"),
        Optional.of(
            new AddedConditioning(golden().read("text_embeds"), golden().read("time_ids"))));
  }

  private static SafetensorsFile golden() {
    return SafetensorsFile.open(DATA.resolve("unet.safetensors"));
  }
}
