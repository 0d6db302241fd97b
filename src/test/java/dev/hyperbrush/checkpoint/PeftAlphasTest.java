package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeftAlphasTest {
  private static final String SETTINGS =
      """
      {"unet.lora_alpha": 8, "unet.r": 4, "unet.alpha_pattern": {"attn1.to_q": 2},
       "text_encoder.lora_alpha": 8, "text_encoder.use_rslora": true}
      """;

  @TempDir Path temp;

  @Test
  void readsTheSettingsOfEachComponent() throws IOException {
    PeftAlphas alphas = PeftAlphas.of(file(SETTINGS));
    assertThat(alphas.scale("unet.mid_block.attn1.to_k", 4)).isEqualTo(2);
    assertThat(alphas.scale("unet.mid_block.attn1.to_q", 4)).isEqualTo(0.5);
    assertThat(alphas.scale("text_encoder.text_model.fc1", 4)).isEqualTo(4);
    assertThat(alphas.scale("text_encoder_2.text_model.fc1", 4)).isEqualTo(1);
  }

  @Test
  void nothingSaidMeansTheRank() throws IOException {
    assertThat(PeftAlphas.of(file("")).scale("unet.conv_in", 4)).isEqualTo(1);
    assertThat(PeftAlphas.of(file("[3]")).scale("conv_in", 4)).isEqualTo(1);
  }

  @Test
  void refusesBrokenSettings() {
    assertThatThrownBy(() -> PeftAlphas.of(file("{")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("lora_adapter_metadata");
  }

  private SafetensorsFile file(String settings) throws IOException {
    Map<String, Map<String, String>> header =
        Map.of("__metadata__", Map.of("lora_adapter_metadata", settings));
    String json = new JsonMapper().writeValueAsString(header);
    return SafetensorsFile.open(SafetensorsWriter.write(temp.resolve("l"), json, new byte[0]));
  }
}
