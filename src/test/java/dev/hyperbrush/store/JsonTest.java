package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import org.junit.jupiter.api.Test;

final class JsonTest {
  private static final String OLD =
      """
      {"model":"tiny","prompt":"a cat","negativePrompt":"","size":{"width":128,"height":128},\
      "steps":4,"guidanceScale":0.0,"scheduler":"TCD","eta":0.5,"seed":{"value":7},"count":1,\
      "loras":[],"clipSkip":0}\
      """;

  @Test
  void aRequestFromBeforeThereWereDraftsIsNone() {
    GenerationRequest old = Json.read(OLD, GenerationRequest.class);
    assertThat(old.prompt()).isEqualTo("a cat");
    assertThat(old.draft()).isFalse();
  }

  @Test
  void aDraftStaysOne() {
    GenerationRequest draft = Json.read(OLD, GenerationRequest.class).withDraft(true);
    assertThat(Json.read(Json.write(draft), GenerationRequest.class)).isEqualTo(draft);
  }
}
