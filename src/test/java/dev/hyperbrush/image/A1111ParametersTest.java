package dev.hyperbrush.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Seed;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class A1111ParametersTest {
  private final A1111Parameters parameters = new A1111Parameters("0.1.0");

  @Test
  void writesPromptNegativePromptAndSettings() {
    GenerationRequest request =
        request("a cat,\nsleeping", "ugly, blurry", 6.5, 0, List.of(), "sdxl", 0);

    assertThat(parameters.write(request, 2, 1))
        .isEqualTo(
            """
            a cat,
            sleeping
            Negative prompt: ugly, blurry
            Steps: 8, Sampler: DDIM, CFG scale: 6.5, Seed: 44, Size: 192x128, Model: sdxl, \
            RNG: CPU, Version: Hyperbrush 0.1.0\
            """);
  }

  @Test
  void writesWhatIsNotAsUsual() {
    List<LoraWeight> loras = List.of(new LoraWeight("outline", 0.8));
    GenerationRequest request = request("a cat", "", 0, 0.5, loras, "my: model", 1);

    assertThat(parameters.write(request, 0, 4))
        .isEqualTo(
            """
            a cat <lora:outline:0.8>
            Steps: 8, Sampler: DDIM, CFG scale: 1, Seed: 42, Size: 192x128, Model: "my: model", \
            Eta: 0.5, Clip skip: 2, RNG: CPU, Postprocess upscale by: 4, \
            Postprocess upscaler: Lanczos, Version: Hyperbrush 0.1.0\
            """);
  }

  @Test
  @Tag("golden")
  void quotesAsA1111Does() throws Exception {
    Reference.optional("png-metadata/parameters.json", "cases of A1111's quoting");
    for (JsonNode pair : Reference.json("png-metadata/parameters.json").path("quote")) {
      assertThat(A1111Parameters.quote(pair.get(0).asText())).isEqualTo(pair.get(1).asText());
    }
  }

  private static GenerationRequest request(
      String prompt,
      String negative,
      double guidance,
      double eta,
      List<LoraWeight> loras,
      String model,
      int clipSkip) {
    return new GenerationRequest(
        model,
        prompt,
        negative,
        new ImageSize(192, 128),
        8,
        guidance,
        "DDIM",
        eta,
        new Seed(42),
        4,
        loras,
        clipSkip);
  }
}
