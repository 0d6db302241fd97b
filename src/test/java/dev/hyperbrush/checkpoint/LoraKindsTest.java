package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of LoRA on each kind of layer, against independent formulas. */
final class LoraKindsTest {
  private static final Path DATA = Path.of("src/test/resources/lora-kinds");
  private static final double TOLERANCE = 3e-6;
  private static final String QUERY =
      "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q";
  private static final String CONV = "down_blocks.0.resnets.0.conv1.weight";

  @TempDir Path temp;
  private SafetensorsFile golden;
  private LoraFusion fusion;

  @BeforeEach
  void load() throws IOException {
    golden = SafetensorsFile.open(DATA.resolve("layers.safetensors"));
    Map<String, Tensor> base = new LinkedHashMap<>();
    for (String name : golden.names()) {
      if (name.startsWith("base.")) {
        base.put(name.substring(5), golden.read(name));
      }
    }
    Path file = SafetensorsWriter.write(temp.resolve("unet"), DType.F32, base);
    fusion =
        new LoraFusion(
            List.of(Weights.of("unet", SafetensorsFile.open(file))),
            new FusedCache(temp.resolve("cache"), FusionSettings.standard()));
  }

  static List<String> cases() {
    return SafetensorsFile.open(DATA.resolve("layers.safetensors")).names().stream()
        .filter(name -> name.contains("@"))
        .map(name -> name.split("\\.down_blocks", -1)[0])
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fusesAsDefined(String name) throws IOException {
    String kind = name.substring(0, name.indexOf('@'));
    double strength = Double.parseDouble(name.substring(name.indexOf('@') + 1));
    LoraReport report = fuse(Map.of(kind, strength)).reports().getFirst();
    assertThat(report.notices()).isEmpty();
    List<String> expected =
        golden.names().stream().filter(each -> each.startsWith(name + ".down")).toList();
    assertThat(report.layers()).isEqualTo(expected.size());
    for (String each : expected) {
      assertClose(each.substring(name.length() + 1), golden.read(each));
    }
  }

  @Test
  void lengthsAreThoseOfWhatOthersHaveMadeOfTheWeightBefore() throws IOException {
    Map<String, Double> loras = new LinkedHashMap<>();
    loras.put("lora", 0.6);
    loras.put("dora", 0.8);
    fuse(loras);
    assertClose(CONV, golden.read("lora+dora." + CONV));
    loras.remove("lora");
    loras.put("lora", 0.6);
    fuse(loras);
    assertClose(CONV, golden.read("dora+lora." + CONV));
  }

  @Test
  void zeroWeightsHaveNoLength() throws IOException {
    Path file =
        SafetensorsWriter.write(
            temp.resolve("zero"), DType.F32, Map.of(CONV, Tensor.zeros(8, 6, 3, 3)));
    fusion =
        new LoraFusion(
            List.of(Weights.of("unet", SafetensorsFile.open(file))),
            new FusedCache(temp.resolve("cache"), FusionSettings.standard()));
    fuse(Map.of("dora", 1.0));
    for (float value : fusion.weights("unet").get(CONV).read().data()) {
      assertThat(value).isFinite();
    }
  }

  @ParameterizedTest
  @CsvSource({
    ".a1.weight, GLoRA",
    ".oft_blocks, OFT",
    ".oft_diag, OFT",
    ".on_input, IA3",
  })
  void namesKindsThatCannotBeFused(String ending, String kind) throws IOException {
    Path file = write(Map.of(QUERY + ending, Tensor.zeros(2, 2)));
    assertThatThrownBy(() -> LoraFile.open(file))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.LORA_KIND_UNSUPPORTED))
        .hasMessageContaining(kind + " ")
        .hasMessageContaining(QUERY);
  }

  @ParameterizedTest
  @CsvSource({
    "hada_w1_a, hada_w1_b",
    "hada_w1_a, hada_w2_a",
    "lokr_w1, lokr_w2_a",
    "lokr_w2, lokr_w1_b",
    "lora_up.weight, alpha",
    "dora_scale, alpha",
    "lora_mid.weight, lora_down.weight"
  })
  void halvesAreRefused(String one, String other) throws IOException {
    Path file =
        write(
            Map.of(QUERY + "." + one, Tensor.zeros(2, 2), QUERY + "." + other, Tensor.zeros(2, 2)));
    assertThatThrownBy(() -> LoraFile.open(file))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.LORA_HALVES_ONLY))
        .hasMessageContaining("every one of its 1 layers")
        .hasMessageContaining(QUERY);
  }

  @Test
  void someHalvesAndEmbeddingsAreTold() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(QUERY + ".lora_up.weight", Tensor.zeros(8, 1));
    tensors.put(QUERY + ".lora_down.weight", Tensor.zeros(1, 6));
    tensors.put("lora_unet_x.lora_up.weight", Tensor.zeros(8, 1));
    tensors.put("bundle_emb.mytoken.clip_l", Tensor.zeros(1, 8));
    tensors.put("bundle_emb.mytoken.clip_g", Tensor.zeros(1, 8));
    LoraFile file = LoraFile.open(write(tensors));
    LoraReport report = fusion.fuse(List.of(new AppliedLora(file, 1))).reports().getFirst();
    assertThat(report.notices().stream().map(Phrase::english))
        .satisfiesExactly(
            halves -> assertThat(halves).contains("1 layers", "lora_unet_x"),
            embeddings -> assertThat(embeddings).contains("brings 1 ", "mytoken"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // shapes of two parts that no other fits: first against second, product against the layer
        "hada_w1_a 8,2 ; hada_w1_b 3,6 ; hada_w2_a 8,2 ; hada_w2_b 2,6 | does not fit its partners",
        "hada_w1_a 8,2 ; hada_w1_b 2,6 ; hada_w2_a 8,2 ; hada_w2_b 2,7 | does not fit its partners",
        "hada_w1_a 8,2 ; hada_w1_b 2,7 ; hada_w2_a 8,2 ; hada_w2_b 2,7 | [8, 7]",
        "lokr_w1 2,0 ; lokr_w2 4,3 | does not fit its partners",
        "lokr_w1 2 ; lokr_w2 4,3 | does not fit its partners",
        "lokr_w1 2,2 ; lokr_w2 4,4 | [8, 8]",
        "lokr_w1 2,2 ; lokr_w2 4,3,3,3 | [8, 6, 3, 3]",
        "diff 6,8 | [6, 8]",
        "diff_b 7 | [7]",
        "lora_up.weight 8,1 ; lora_down.weight 1,6 ; dora_scale 7,1 | [8, 6]"
      })
  void refusesShapesThatDoNotFit(String parts, String problem) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String part : parts.split(" ; ", -1)) {
      String[] words = part.strip().split(" ", -1);
      int[] shape = Stream.of(words[1].split(",", -1)).mapToInt(Integer::parseInt).toArray();
      tensors.put(
          (words[0].equals("diff_b") ? "lora_unet_down_blocks_0_resnets_0_conv1" : QUERY)
              + "."
              + words[0],
          Tensor.zeros(shape));
    }
    Path file = write(tensors);
    assertThatThrownBy(() -> fusion.fuse(List.of(new AppliedLora(LoraFile.open(file), 1))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(problem);
  }

  private LoraFusion.Change fuse(Map<String, Double> loras) {
    return fusion.fuse(
        loras.entrySet().stream()
            .map(lora ->
                new AppliedLora(
                    LoraFile.open(DATA.resolve("layers-" + lora.getKey() + ".safetensors")),
                    lora.getValue()))
            .toList());
  }

  private Path write(Map<String, Tensor> tensors) throws IOException {
    Path file = temp.resolve("lora.safetensors");
    Files.deleteIfExists(file);
    return SafetensorsWriter.write(file, DType.F16, tensors);
  }

  private void assertClose(String name, Tensor expected) {
    WeightTensor fused = fusion.weights("unet").get(name);
    assertThat(fused.file().toString()).as(name).contains("cache");
    float[] actual = fused.read().data();
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as(name).isCloseTo(expected.data()[i], within((float) TOLERANCE));
    }
  }
}
