package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a LoRA was made for, told by its layers. */
final class LoraBaseTest {
  private static final String KEY = "down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k";

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k, 768, SD15",
    "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k, 1024, SD2",
    "lora_unet_input_blocks_4_1_transformer_blocks_0_attn2_to_v, 2048, SDXL",
    "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_v, 2048, SDXL",
    "lora_unet_double_blocks_0_img_attn_proj, 3072, FLUX",
    "transformer.single_transformer_blocks.0.attn.to_q, 3072, FLUX",
    "lora_unet_joint_blocks_3_x_block_attn_qkv, 1536, SD3",
    "transformer.transformer_blocks.0.attn.add_q_proj, 1536, SD3",
    "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k, 24, ",
    "lora_unet_mid_block_resnets_0_conv1, 768, ",
  })
  void isSeenFromNamesAndShapes(String module, int inputs, LoraBase base) throws IOException {
    assertThat(lora(module, inputs).base().orElse(null)).isEqualTo(base);
  }

  @ParameterizedTest
  @CsvSource({
    "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k, 768, 2048,"
        + " Stable Diffusion 1.5",
    "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k, 2048, 768, SDXL",
    "lora_unet_double_blocks_0_img_attn_proj, 3072, 2048, FLUX",
    "lora_unet_joint_blocks_3_x_block_attn_qkv, 1536, 24, Stable Diffusion 3",
  })
  void othersAreRefusedByName(String module, int inputs, int width, String title)
      throws IOException {
    LoraFile file = lora(module, inputs);
    assertThatThrownBy(() -> fusion(width).fuse(List.of(new AppliedLora(file, 1))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.LORA_FOR_OTHER_BASE))
        .hasMessageContaining("lora.safetensors was made for " + title + ",");
  }

  @Test
  void oneOfTheSameBaseIsNotSaidToBeOfAnother() throws IOException {
    LoraFile file = lora("unet.down_blocks.9.attentions.0.transformer_blocks.0.attn2.to_k", 768);
    assertThatThrownBy(() -> fusion(768).fuse(List.of(new AppliedLora(file, 1))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.LORA_NOT_FOR_MODEL))
        .hasMessageContaining("down_blocks.9")
        .hasMessageNotContaining("SDXL");
  }

  @Test
  void thoseOfTheModelAreFused() throws IOException {
    LoraFile file = lora("unet." + KEY, 768);
    assertThat(fusion(768).fuse(List.of(new AppliedLora(file, 1))).computed()).isEqualTo(1);
  }

  private LoraFile lora(String module, int inputs) throws IOException {
    return LoraFile.open(
        SafetensorsWriter.write(
            temp.resolve("lora.safetensors"),
            DType.F16,
            Map.of(
                module + ".lora_up.weight", Tensor.zeros(4, 1),
                module + ".lora_down.weight", Tensor.zeros(1, inputs))));
  }

  private LoraFusion fusion(int width) throws IOException {
    Path file =
        SafetensorsWriter.write(
            temp.resolve("unet"), DType.F16, Map.of(KEY + ".weight", Tensor.zeros(4, width)));
    return new LoraFusion(
        List.of(Weights.of("unet", SafetensorsFile.open(file))),
        new FusedCache(temp.resolve("cache"), FusionSettings.standard()));
  }
}
