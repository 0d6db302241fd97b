package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.scheduler.TimestepSpacing;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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
}
