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
import dev.hyperbrush.checkpoint.LoraFusion.Change;
import dev.hyperbrush.checkpoint.ModelFiles;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.denoiser.AddedConditioning;
import dev.hyperbrush.denoiser.Conditioning;
import dev.hyperbrush.denoiser.OnnxDenoiser;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.textencoder.OnnxTextEncoder;
import dev.hyperbrush.textencoder.TextEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the networks compute with LoRAs fused, in every naming and at every recorded weight. */
@Tag("golden")
final class LoraGoldenTest {
  private static final double TOLERANCE = 2e-5;
  private static final String BASE = "base";

  /** Cases whose file is not called as they are. */
  private static final Map<String, String> FILES = Map.of("kohya_mixed", "kohya_diffusers_blocks");

  @TempDir static Path cache;
  private static SafetensorsFile golden;
  private static ModelFiles model;

  /** One for all cases, so that each is fused over what the one before left. */
  private static LoraFusion fusion;

  @BeforeAll
  static void load() {
    golden = golden();
    model = DiffusersFolder.open(Reference.path("tiny-sdxl"));
    fusion = new LoraFusion(model.adaptable(), new FusedCache(cache, FusionSettings.standard()));
  }

  /** {@code peft@0.6} and so on; the model without LoRA comes first and last. */
  static List<String> cases() {
    Stream<String> recorded =
        golden().names().stream()
            .filter(name -> name.contains("@"))
            .map(name -> name.substring(0, name.lastIndexOf('.')))
            .distinct();
    return Stream.of(Stream.of(BASE), recorded, Stream.of(BASE)).flatMap(names -> names).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesAsWithFusedWeights(String name) throws IOException {
    Change change = fusion.fuse(loras(name));
    assertThat(change.reports()).allMatch(report -> report.unknownKeys().isEmpty());
    checkDenoiser(name);
    checkEncoder(name, "te1", model.textEncoders().get(0).component());
    checkEncoder(name, "te2", model.textEncoders().get(1).component());
  }

  private static void checkDenoiser(String name) throws IOException {
    Conditioning conditioning =
        new Conditioning(
            golden.read("encoder_hidden_states"),
            Optional.of(
                new AddedConditioning(golden.read("text_embeds"), golden.read("time_ids"))));
    float timestep = Reference.json("lora/lora_goldens.json").get("timestep").floatValue();
    try (OnnxDenoiser denoiser = OnnxDenoiser.load(fused(model.unet()), OnnxSettings.cpu())) {
      Tensor prediction =
          denoiser.predict(golden.read("sample"), timestep, conditioning, Cancellation.none());
      assertClose("unet", prediction, golden.read(name + ".unet_output"), TOLERANCE);
    }
  }

  private static void checkEncoder(String name, String prefix, Component component) {
    int[][] inputIds = rows(golden.read(prefix + "_input_ids"));
    try (OnnxTextEncoder encoder =
        OnnxTextEncoder.load(fused(component), PromptStates.PENULTIMATE, OnnxSettings.cpu())) {
      TextEncoding encoding = encoder.encode(inputIds, 0, Cancellation.none());
      String expected = name + "." + prefix;
      assertClose(
          prefix, encoding.hiddenStates(), golden.read(expected + "_penultimate"), TOLERANCE);
      encoding
          .pooled()
          .ifPresent(pooled ->
              assertClose("pooled", pooled, golden.read(expected + "_text_embeds"), TOLERANCE));
    }
  }

  private static Component fused(Component component) {
    return component.withWeights(fusion.weights(component.weights().component()));
  }

  private static List<AppliedLora> loras(String name) {
    if (name.equals(BASE)) {
      return List.of();
    }
    int at = name.indexOf('@');
    String kind = name.substring(0, at);
    Path file =
        Reference.optional(
            "lora/lora_" + FILES.getOrDefault(kind, kind) + ".safetensors", "LoRA of " + name);
    return List.of(
        new AppliedLora(LoraFile.open(file), Double.parseDouble(name.substring(at + 1))));
  }

  private static SafetensorsFile golden() {
    return SafetensorsFile.open(Reference.path("lora/lora_goldens.safetensors"));
  }

  private static int[][] rows(Tensor ids) {
    int[][] rows = new int[ids.dim(0)][ids.dim(1)];
    for (int i = 0; i < ids.data().length; i++) {
      rows[i / ids.dim(1)][i % ids.dim(1)] = (int) ids.data()[i];
    }
    return rows;
  }
}
