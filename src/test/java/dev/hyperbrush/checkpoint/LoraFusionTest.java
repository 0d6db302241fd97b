package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.LoraFusion.Change;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoraFusionTest {
  private static final String ATTENTION =
      "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_";

  @TempDir Path temp;
  @TempDir Path cache;
  private LoraFusion fusion;

  /** A model of a few layers; all weights are 1. */
  @BeforeEach
  void load() throws IOException {
    Weights unet =
        model(
            "unet",
            Map.of(
                "conv_in.weight",
                ones(2, 1, 3, 3),
                "conv_in.bias",
                ones(2),
                "conv_norm_out.weight",
                ones(2),
                "down_blocks.0.resnets.0.conv_shortcut.weight",
                ones(2, 2, 1, 1),
                ATTENTION + "q.weight",
                ones(2, 3),
                ATTENTION + "out.0.weight",
                ones(2, 3)));
    String layer = "text_model.encoder.layers.0.";
    Weights textEncoder =
        model("text_encoder", Map.of(layer + "self_attn.q_proj.weight", ones(2, 2)));
    Weights textEncoder2 = model("text_encoder_2", Map.of(layer + "mlp.fc1.weight", ones(2, 2)));
    fusion =
        new LoraFusion(
            List.of(unet, textEncoder, textEncoder2),
            new FusedCache(cache, FusionSettings.standard()));
  }

  @ParameterizedTest
  @CsvSource({
    "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q, .lora_up.weight,"
        + " .lora_down.weight",
    "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q, .lora_B.weight,"
        + " .lora_A.weight",
    "lycoris_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q, .lora_up.weight,"
        + " .lora_down.weight",
    "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q, .lora_B.weight,"
        + " .lora_A.weight",
    "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q, .lora_B.default.weight,"
        + " .lora_A.default.weight",
    "base_model.model.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q, .lora_B.weight,"
        + " .lora_A.weight",
    "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q, .lora.up.weight,"
        + " .lora.down.weight",
    "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.processor.to_q, _lora.up.weight,"
        + " _lora.down.weight",
  })
  void knowsTheNamings(String module, String up, String down) throws IOException {
    fuse(
        1,
        Map.of(
            module + up, tensor(new int[] {2, 1}, 1, 2),
            module + down, tensor(new int[] {1, 3}, 1, 0, -1)));
    assertThat(value("unet", ATTENTION + "q.weight")).containsExactly(2, 1, 0, 3, 1, -1);
    assertThat(fused("unet")).hasSize(1);
  }

  @Test
  void knowsOldNamesOfOutputAndTextEncoderLayers() throws IOException {
    Tensor up = tensor(new int[] {2, 1}, 1, 1);
    Tensor two = tensor(new int[] {1, 2}, 1, 1);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    String out = "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.processor.to_out_lora";
    tensors.put(out + ".up.weight", up);
    tensors.put(out + ".down.weight", tensor(new int[] {1, 3}, 1, 1, 1));
    String query = "text_encoder.text_model.encoder.layers.0.self_attn.to_q_lora";
    tensors.put(query + ".up.weight", up);
    tensors.put(query + ".down.weight", two);
    String fc1 = "text_encoder_2.text_model.encoder.layers.0.mlp.fc1.lora_linear_layer";
    tensors.put(fc1 + ".up.weight", up);
    tensors.put(fc1 + ".down.weight", two);
    Change change = fuse(1, tensors);
    assertThat(change.reports().getFirst().unknownKeys()).isEmpty();
    assertThat(change.components())
        .containsExactlyInAnyOrder("unet", "text_encoder", "text_encoder_2");
    assertThat(value("unet", ATTENTION + "out.0.weight")).containsOnly(2);
  }

  @Test
  void alphaScalesByRank() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("lora_unet_conv_in.lora_up.weight", filled(1, 2, 4, 1, 1));
    tensors.put("lora_unet_conv_in.lora_down.weight", filled(1, 4, 1, 3, 3));
    tensors.put("lora_unet_conv_in.alpha", tensor(new int[0], 2));
    fuse(-0.5, tensors);
    // 1 - 0.5 * 2/4 * 4
    assertThat(value("unet", "conv_in.weight")).hasSize(18).containsOnly(0);
  }

  @Test
  void kernelsMayLieInTheMiddle() throws IOException {
    float[] kernel = {0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0};
    fuse(
        1,
        Map.of(
            "lora_unet_conv_in.lora_down.weight", tensor(new int[] {2, 1, 1, 1}, 1, 2),
            "lora_unet_conv_in.lora_mid.weight", tensor(new int[] {1, 2, 3, 3}, kernel),
            "lora_unet_conv_in.lora_up.weight", tensor(new int[] {2, 1, 1, 1}, 1, -1)));
    assertThat(value("unet", "conv_in.weight"))
        .containsExactly(1, 1, 1, 1, 22, 1, 1, 1, 1, 1, 1, 1, 1, -20, 1, 1, 1, 1);
  }

  @Test
  void linearFactorsFitPointwiseConvolutions() throws IOException {
    String module = "unet.down_blocks.0.resnets.0.conv_shortcut";
    fuse(1, Map.of(module + ".lora_B.weight", ones(2, 1), module + ".lora_A.weight", ones(1, 2)));
    assertThat(value("unet", "down_blocks.0.resnets.0.conv_shortcut.weight")).containsOnly(2);
  }

  @Test
  void severalAddUpAndEachSetIsComputedOnce() throws IOException {
    Map<String, Tensor> both = new LinkedHashMap<>(onQuery());
    both.putAll(onTextEncoder());
    AppliedLora first = new AppliedLora(lora("first", both), 1);
    AppliedLora second = new AppliedLora(lora("second", onQuery()), 2);

    assertCounts(fusion.fuse(List.of(first)), 2, 0);
    Weights textEncoder = fusion.weights("text_encoder");
    Change added = fusion.fuse(List.of(first, second));
    assertCounts(added, 1, 1);
    assertThat(added.components()).containsExactly("unet");
    assertThat(fusion.weights("text_encoder")).isSameAs(textEncoder);
    assertThat(value("unet", ATTENTION + "q.weight")).containsOnly(4);

    Change same = fusion.fuse(List.of(first, second));
    assertCounts(same, 0, 2);
    assertThat(same.components()).isEmpty();
    Change swapped = fusion.fuse(List.of(second));
    assertCounts(swapped, 1, 0);
    assertThat(swapped.components()).containsExactlyInAnyOrder("unet", "text_encoder");
    assertThat(value("unet", ATTENTION + "q.weight")).containsOnly(3);
    assertThat(fused("text_encoder")).isEmpty();

    assertCounts(fusion.fuse(List.of(first)), 0, 2);
    assertThat(value("unet", ATTENTION + "q.weight")).containsOnly(2);
    assertThat(fusion.fuse(List.of()).components())
        .containsExactlyInAnyOrder("unet", "text_encoder");
    assertThat(fused("unet")).isEmpty();
  }

  @Test
  void weightZeroTouchesNothing() throws IOException {
    Change change = fuse(0, onQuery());
    assertCounts(change, 0, 0);
    assertThat(change.reports().getFirst().layers()).isEqualTo(1);
  }

  @Test
  void aFileWrittenAnewIsFusedAnew() throws IOException {
    fuse(1, onQuery());
    Path file = temp.resolve("lora.safetensors");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    assertCounts(fusion.fuse(List.of(new AppliedLora(LoraFile.open(file), 1))), 1, 0);
  }

  @Test
  void reportsUnknownKeys() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(onQuery());
    for (int i = 0; i < 3; i++) {
      tensors.put("lora_unet_other_" + i + ".lora_up.weight", ones(2, 1));
      tensors.put("lora_unet_other_" + i + ".lora_down.weight", ones(1, 2));
    }
    tensors.put("unet.conv_in.something_new", ones(2));
    LoraReport report = fuse(1, tensors).reports().getFirst();
    assertThat(report.layers()).isEqualTo(1);
    assertThat(report.unknownKeys()).hasSize(7).contains("unet.conv_in.something_new");
    assertThat(report.notices()).hasSize(1);
    assertThat(report.notices().getFirst().english())
        .contains("lora.safetensors", "7 parts", "something_new", ", …");
    assertThat(fuse(1, onQuery()).reports().getFirst().notices()).isEmpty();
  }

  @Test
  void refusesWhatIsForAnotherModel() throws IOException {
    Map<String, Tensor> tensors =
        Map.of("lora_te_x.lora_up.weight", ones(2, 1), "lora_te_x.lora_down.weight", ones(1, 2));
    assertThatThrownBy(() -> fuse(1, tensors))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("not for this model")
        .hasMessageContaining("lora_te_x");
  }

  @Test
  void refusesToFuseIntoANorm() {
    Map<String, Tensor> tensors =
        Map.of(
            "lora_unet_conv_norm_out.lora_up.weight", ones(2, 1),
            "lora_unet_conv_norm_out.lora_down.weight", ones(1, 2));
    assertThatThrownBy(() -> fuse(1, tensors))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("conv_norm_out")
        .hasMessageContaining("[2]");
  }

  @Test
  void refusesOtherShapesAndKeepsWhatWasFused() throws IOException {
    fuse(1, onQuery());
    Map<String, Tensor> tensors = new LinkedHashMap<>(onTextEncoder());
    tensors.put("unet." + ATTENTION + "q.lora_B.weight", ones(2, 1));
    tensors.put("unet." + ATTENTION + "q.lora_A.weight", ones(1, 5));
    assertThatThrownBy(() -> fuse(1, tensors))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(ATTENTION + "q")
        .hasMessageContaining("[2, 5]")
        .hasMessageContaining("[2, 3]");
    assertThat(value("unet", ATTENTION + "q.weight")).containsOnly(2);
    assertThat(fused("text_encoder")).isEmpty();
  }

  @Test
  void refusesAKernelForALinearLayer() {
    Map<String, Tensor> tensors =
        Map.of(
            "unet." + ATTENTION + "q.lora_B.weight", ones(2, 1, 1, 1),
            "unet." + ATTENTION + "q.lora_A.weight", ones(1, 3, 3, 3));
    assertThatThrownBy(() -> fuse(1, tensors))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.LORA_SHAPE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2,1 | 2,3", "2 | 1,3", "2,0 | 0,3", "2,1,3,3 | 1,3", "2,1 | 3"})
  void refusesFactorsThatDoNotFitEachOther(String up, String down) {
    Map<String, Tensor> tensors =
        Map.of(
            "unet." + ATTENTION + "q.lora_B.weight", ones(shape(up)),
            "unet." + ATTENTION + "q.lora_A.weight", ones(shape(down)));
    assertThatThrownBy(() -> fuse(1, tensors))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("does not fit its partners");
  }

  @Test
  void refusesAlphasThatAreNoNumber() {
    for (Tensor alpha : List.of(tensor(new int[0], Float.NaN), ones(2), ones(0))) {
      Map<String, Tensor> tensors = new LinkedHashMap<>(onTextEncoder());
      tensors.put("lora_te1_text_model_encoder_layers_0_self_attn_q_proj.alpha", alpha);
      assertThatThrownBy(() -> fuse(1, tensors))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("q_proj.alpha")
          .hasMessageContaining("not one number");
    }
  }

  @Test
  void refusesFilesWithoutLayers() {
    assertThatThrownBy(() -> fuse(1, Map.of("conv_in.weight", ones(1))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no LoRA layers");
  }

  private Change fuse(double weight, Map<String, Tensor> tensors) throws IOException {
    return fusion.fuse(List.of(new AppliedLora(lora("lora", tensors), weight)));
  }

  private LoraFile lora(String name, Map<String, Tensor> tensors) throws IOException {
    Path file = temp.resolve(name + ".safetensors");
    return LoraFile.open(SafetensorsWriter.write(file, DType.F16, tensors));
  }

  private Weights model(String name, Map<String, Tensor> tensors) throws IOException {
    Path file = SafetensorsWriter.write(temp.resolve(name), DType.F32, tensors);
    return Weights.of(name, SafetensorsFile.open(file));
  }

  private float[] value(String component, String name) throws IOException {
    return Objects.requireNonNull(fused(component).get(name)).data();
  }

  private Map<String, Tensor> fused(String component) throws IOException {
    return Components.fused(fusion.weights(component), cache);
  }

  private static void assertCounts(Change change, int computed, int reused) {
    assertThat(List.of(change.computed(), change.reused())).containsExactly(computed, reused);
  }

  private static Map<String, Tensor> onQuery() {
    return Map.of(
        "unet." + ATTENTION + "q.lora_B.weight", ones(2, 1),
        "unet." + ATTENTION + "q.lora_A.weight", ones(1, 3));
  }

  private static Map<String, Tensor> onTextEncoder() {
    String module = "lora_te1_text_model_encoder_layers_0_self_attn_q_proj";
    return Map.of(module + ".lora_up.weight", ones(2, 1), module + ".lora_down.weight", ones(1, 2));
  }

  private static int[] shape(String text) {
    return Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static Tensor ones(int... shape) {
    return filled(1, shape);
  }

  private static Tensor filled(float value, int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    Arrays.fill(tensor.data(), value);
    return tensor;
  }

  private static Tensor tensor(int[] shape, float... values) {
    return new Tensor(shape, values);
  }
}
