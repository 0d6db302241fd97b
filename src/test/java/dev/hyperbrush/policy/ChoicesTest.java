package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.checkpoint.SafetensorsWriter;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.scheduler.TimestepSpacing;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChoicesTest {
  private static final Recipe RECIPE =
      new Recipe(1, 8, 4, 0, 0, 0, "TCD", TimestepSpacing.TRAILING, 0, List.of());
  private static final ModelVariant MODEL =
      new ModelVariant(
          "tiny",
          "Tiny",
          ModelSource.of(Path.of("tiny")),
          List.of(new ImageSize(128, 128)),
          8,
          64,
          1 << 16,
          1,
          true,
          List.of(RECIPE));

  private final Choices choices =
      new Choices(List.of(MODEL), MODEL, List.of("outline-style", "tiny-fast", "tiny-fast-2"));

  @ParameterizedTest
  @ValueSource(strings = {"outline-style", "Outline-Style", "outline"})
  void aLoraIsFoundByNameOrByABeginningThatOnlyItHas(String name) {
    assertThat(choices.lora(name)).isEqualTo("outline-style");
  }

  @Test
  void aNameThatIsTheBeginningOfAnotherIsTheName() {
    assertThat(choices.lora("tiny-fast")).isEqualTo("tiny-fast");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "style", ""})
  void aBeginningOfSeveralIsNoName(String name) {
    assertThatThrownBy(() -> choices.lora(name)).isInstanceOf(Refusal.class);
  }

  @Test
  void aLoraForAnotherKindOfModelIsRefusedAndOneThatSaysNothingIsNot(@TempDir Path data)
      throws IOException {
    addLora(data, "old", 768);
    addLora(data, "new", 2048);
    addLora(data, "any", 5);
    ModelCatalogue catalogue = ModelCatalogue.load(data);
    Choices installed = Choices.of(() -> catalogue);

    installed.requireFit("new", catalogue.defaultModel());
    installed.requireFit("any", catalogue.defaultModel());
    assertThatThrownBy(() -> installed.requireFit("old", catalogue.defaultModel()))
        .hasMessageContaining(
            "LoRA “old” is for Stable Diffusion 1.5, but the model “tiny” is SDXL");
  }

  private static void addLora(Path data, String name, int width) throws IOException {
    Files.createDirectories(data.resolve("loras"));
    SafetensorsWriter.write(
        data.resolve("loras/" + name + ".safetensors"),
        DType.F16,
        Map.of(
            "lora_unet_mid_attn2_to_k.lora_down.weight",
            new Tensor(new int[] {1, width}, new float[width])));
  }
}
