package dev.hyperbrush.pipeline;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.AppliedLora;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.DiffusersFolder;
import dev.hyperbrush.checkpoint.FusedCache;
import dev.hyperbrush.checkpoint.FusionSettings;
import dev.hyperbrush.checkpoint.LoraFile;
import dev.hyperbrush.checkpoint.LoraFusion;
import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.checkpoint.ModelFiles;
import dev.hyperbrush.denoiser.Conditioning;
import dev.hyperbrush.denoiser.OnnxDenoiser;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.textencoder.OnnxTextEncoder;
import dev.hyperbrush.textencoder.TextEncoding;
import dev.hyperbrush.vae.LatentDistribution;
import dev.hyperbrush.vae.OnnxVae;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What diffusers and transformers computed with the networks of the tiny SD 1.5. */
@Tag("golden")
final class Sd15ComponentsTest {
  private static final double TOLERANCE = 2e-5;
  private static final double VAE_TOLERANCE = 5e-5;

  private static ModelFiles model;
  private static Map<String, Tensor> golden;

  @BeforeAll
  static void load() {
    model = DiffusersFolder.open(Reference.committed("tiny-sd15"));
    golden = Reference.tensors(Reference.committed("sd15/components.safetensors"));
  }

  @Test
  void isOfItsFamilyAndHasOneEncoder() {
    assertThat(model.family()).isEqualTo(ModelFamily.SD15);
    assertThat(model.textEncoders()).hasSize(1);
    assertThat(model.forceZerosForEmptyPrompt()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, te.last_hidden_state", "1, te.skip1", "2, te.skip2"})
  void encodesNormedStatesAndNothingPooled(int clipSkip, String expected) {
    TextEncoding encoding = encode(textEncoder(), clipSkip);
    assertClose(expected, encoding.hiddenStates(), golden(expected), TOLERANCE);
    assertThat(encoding.pooled()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c"})
  void predictsAsDiffusersDoes(String name) {
    assertClose(name, predict(model.unet(), name), golden("unet." + name + ".output"), TOLERANCE);
  }

  @Test
  void decodesAndEncodesAsDiffusersDoes() {
    try (OnnxVae vae = OnnxVae.load(model.vae(), OnnxSettings.cpu())) {
      Tensor image = vae.decodeFloat(golden("vae.latent_scaled"), Cancellation.none());
      assertClose("image", image, golden("vae.image"), VAE_TOLERANCE);
      LatentDistribution latents = vae.encode(golden("vae.encode.image"), Cancellation.none());
      assertClose("mean", latents.mean(), golden("vae.encode.mean"), VAE_TOLERANCE);
      assertClose("log", latents.logVariance(), golden("vae.encode.logvar"), VAE_TOLERANCE);
    }
  }

  @Test
  void fusesLorasInTheNamesOfKohya(@TempDir Path cache) {
    LoraFusion fusion =
        new LoraFusion(model.adaptable(), new FusedCache(cache, FusionSettings.standard()));
    LoraFile lora = LoraFile.open(Reference.committed("sd15/lora_kohya.safetensors"));
    LoraFusion.Change change = fusion.fuse(List.of(new AppliedLora(lora, 1)));
    assertThat(change.components()).containsExactlyInAnyOrder("unet", "text_encoder");
    assertThat(change.reports()).allMatch(report -> report.unknownKeys().isEmpty());
    assertClose(
        "unet", predict(fused(fusion, model.unet()), "a"), golden("lora.unet_output"), TOLERANCE);
    assertClose(
        "text encoder",
        encode(fused(fusion, textEncoder()), 0).hiddenStates(),
        golden("lora.te_last_hidden_state"),
        TOLERANCE);
  }

  private static Component fused(LoraFusion fusion, Component component) {
    return component.withWeights(fusion.weights(component.weights().component()));
  }

  private static Component textEncoder() {
    return model.textEncoders().getFirst().component();
  }

  private static TextEncoding encode(Component component, int clipSkip) {
    Tensor ids = golden("te.input_ids");
    int[][] rows = new int[ids.dim(0)][ids.dim(1)];
    for (int i = 0; i < ids.data().length; i++) {
      rows[i / ids.dim(1)][i % ids.dim(1)] = (int) ids.data()[i];
    }
    try (OnnxTextEncoder encoder =
        OnnxTextEncoder.load(component, PromptStates.LAST_NORMED, OnnxSettings.cpu())) {
      return encoder.encode(rows, clipSkip, Cancellation.none());
    }
  }

  private static Tensor predict(Component unet, String name) {
    String prefix = "unet." + name + ".";
    Conditioning conditioning =
        new Conditioning(golden(prefix + "encoder_hidden_states"), Optional.empty());
    float timestep = golden(prefix + "timestep").data()[0];
    try (OnnxDenoiser denoiser = OnnxDenoiser.load(unet, OnnxSettings.cpu())) {
      return denoiser.predict(
          golden(prefix + "sample"), timestep, conditioning, Cancellation.none());
    }
  }

  private static Tensor golden(String name) {
    return Optional.ofNullable(golden.get(name)).orElseThrow();
  }
}
