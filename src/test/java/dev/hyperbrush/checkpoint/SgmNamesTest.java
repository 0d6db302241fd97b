package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.Reference;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SgmNamesTest {
  /** Two down blocks of one and three layers, two up blocks of four and two; as no model has. */
  private final SgmNames names =
      new SgmNames(
          List.of(
              "conv_in",
              "down_blocks.0.resnets.0.conv1",
              "down_blocks.0.downsamplers.0.conv",
              "down_blocks.1.resnets.0.conv1",
              "down_blocks.1.resnets.1.conv1",
              "down_blocks.1.resnets.2.conv1",
              "down_blocks.1.attentions.0.proj_in",
              "up_blocks.0.resnets.0.conv1",
              "up_blocks.0.resnets.1.conv1",
              "up_blocks.0.resnets.2.conv1",
              "up_blocks.0.resnets.3.conv1",
              "up_blocks.0.attentions.0.proj_in",
              "up_blocks.1.resnets.0.conv1",
              "up_blocks.1.resnets.1.conv1"));

  @ParameterizedTest
  @CsvSource({
    "conv_in, input_blocks.0.0",
    "down_blocks.0.resnets.0.conv1, input_blocks.1.0.in_layers.2",
    "down_blocks.0.downsamplers.0.conv, input_blocks.2.0.op",
    "down_blocks.1.resnets.0.conv_shortcut, input_blocks.3.0.skip_connection",
    "down_blocks.1.resnets.2.time_emb_proj, input_blocks.5.0.emb_layers.1",
    "down_blocks.1.attentions.2.proj_in, input_blocks.5.1.proj_in",
    "mid_block.resnets.0.norm1, middle_block.0.in_layers.0",
    "mid_block.attentions.0.proj_out, middle_block.1.proj_out",
    "mid_block.resnets.1.conv2, middle_block.2.out_layers.3",
    "up_blocks.0.resnets.3.norm2, output_blocks.3.0.out_layers.0",
    "up_blocks.0.upsamplers.0.conv, output_blocks.3.2.conv",
    "up_blocks.1.resnets.1.conv1, output_blocks.5.0.in_layers.2",
    "up_blocks.1.upsamplers.0.conv, output_blocks.5.1.conv",
    "time_embedding.linear_2, time_embed.2",
    "add_embedding.linear_1, label_emb.0.0",
    "conv_norm_out, out.0",
    "conv_out, out.2",
  })
  void countsBlocksThrough(String module, String sgm) {
    assertThat(names.of(module)).isEqualTo(sgm);
  }

  @Test
  @Tag("golden")
  void agreesWithTheReference() throws IOException {
    Weights unet = Weights.open("unet", Reference.path("tiny-sdxl/unet"));
    SgmNames reference =
        new SgmNames(unet.names().stream().map(name -> name.replace(".weight", "")).toList());
    for (JsonNode module : Reference.json("lora/lora_goldens.json").path("modules")) {
      if (module.path("component").asText().equals("unet")) {
        assertThat(reference.of(module.path("module").asText()))
            .isEqualTo(module.path("ldm_module").asText());
      }
    }
  }
}
