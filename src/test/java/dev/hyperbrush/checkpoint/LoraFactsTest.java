package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoraFactsTest {
  private static final String LAYER = "lora_unet_mid_block_proj_in.lora_down.weight";

  @TempDir private Path folder;

  @Test
  void theTrainersKeysAreRead() throws IOException {
    LoraFacts facts =
        read(
            LAYER,
            4,
            Map.of(
                "ss_output_name", "moody-skies",
                "ss_base_model_version", "sdxl_base_v1-0",
                "ss_tag_frequency",
                    "{\"10_sky\": {\"sky\": 20, \"moody sky\": 22, \"rare\": 1}, \"b\": {\"sky\":"
                        + " 30}}"));
    assertThat(facts.title()).isEqualTo("moody-skies");
    assertThat(facts.base()).contains(LoraBase.SDXL);
    assertThat(facts.triggers()).containsExactly("sky");
  }

  @Test
  void theModelspecIsRead() throws IOException {
    LoraFacts facts =
        read(
            LAYER,
            4,
            Map.of(
                "modelspec.title", "Moody",
                "modelspec.architecture", "stable-diffusion-v1/lora",
                "modelspec.trigger_phrase", "moody, sky ,moody",
                "modelspec.usage_hint", "use at 0.6"));
    assertThat(facts)
        .isEqualTo(
            new LoraFacts(
                "Moody", Optional.of(LoraBase.SD15), List.of("moody", "sky"), "use at 0.6"));
  }

  @Test
  void shapesAreBelievedBeforeWords() throws IOException {
    String attention =
        "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight";
    LoraFacts facts = read(attention, 768, Map.of("ss_base_model_version", "sdxl_base_v1-0"));
    assertThat(facts.base()).contains(LoraBase.SD15);
  }

  @ParameterizedTest
  @CsvSource({
    "sdxl_base_v1-0, SDXL",
    "SDXL 1.0, SDXL",
    "stable-diffusion-xl-v1-base/lora, SDXL",
    "sd_v1, SD15",
    "SD1, SD15",
    "stable-diffusion-v2-768-v/lora, SD2",
    "sd3-medium, SD3",
    "flux-1-dev/lora, FLUX",
    "something else, ",
    "sd, ",
  })
  void basesHaveManyNames(String name, LoraBase base) {
    assertThat(LoraBase.named(name)).isEqualTo(Optional.ofNullable(base));
  }

  @Test
  void hostileWordsAreCutAndCleaned() throws IOException {
    LoraFacts facts =
        read(
            LAYER,
            4,
            Map.of(
                "ss_output_name", "a\u0000\u202eb\n" + "x".repeat(100_000),
                "ss_tag_frequency", "[[[".repeat(5_000),
                "modelspec.trigger_phrase", ("\u0007" + "y".repeat(500) + ",").repeat(5_000)));
    assertThat(facts.title()).startsWith("a b x").hasSizeLessThanOrEqualTo(200);
    assertThat(facts.triggers()).hasSizeLessThanOrEqualTo(8).allMatch(word -> word.length() <= 60);
    assertThat(facts.title() + facts.triggers()).doesNotContainPattern("\\p{Cc}");
  }

  @Test
  void aFileWithNothingOfALoraIsRefused() {
    assertThatThrownBy(() -> read("first_stage_model.decoder.conv_in.weight", 4, Map.of()))
        .isInstanceOf(Refusal.class)
        .extracting(e -> ((Refusal) e).code())
        .isEqualTo(ReasonCode.LORA_EMPTY);
  }

  private LoraFacts read(String layer, int width, Map<String, String> metadata) throws IOException {
    ObjectNode header = new ObjectMapper().createObjectNode();
    metadata.forEach(header.putObject("__metadata__")::put);
    ObjectNode tensor = header.putObject(layer).put("dtype", "F16");
    tensor.putArray("shape").add(1).add(width);
    tensor.putArray("data_offsets").add(0).add(2 * width);
    Path file = folder.resolve("lora.safetensors");
    SafetensorsWriter.write(file, header.toString(), new byte[2 * width]);
    return LoraFacts.read(file);
  }
}
