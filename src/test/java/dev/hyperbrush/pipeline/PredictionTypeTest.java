package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.onnx.OnnxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model predicts, where {@code models.yaml} says it. */
final class PredictionTypeTest {
  @TempDir Path data;

  /** The built-in model says epsilon itself. */
  @Test
  void whatTheCatalogueSaysHolds() throws IOException {
    byte[] plain = draw("livePreview: true").rgb();
    assertThat(draw("predictionType: epsilon").rgb()).isEqualTo(plain);
    assertThat(draw("predictionType: sample").rgb()).isNotEqualTo(plain);
    assertThat(draw("predictionType: v_prediction").rgb()).isNotEqualTo(plain);
  }

  private RgbImage draw(String line) throws IOException {
    Path models = data.resolve("models.yaml");
    Files.writeString(models, "models: {tiny: {%s}}".formatted(line));
    ModelCatalogue catalogue = ModelCatalogue.load(data, Optional.of(models), "tiny");
    Resources resources = new Resources(OnnxSettings.cpu(), data.resolve("cache"));
    GenerationRequest request =
        new GenerationRequest(
            "tiny",
            "a red circle",
            "",
            new ImageSize(64, 64),
            1,
            0,
            "Euler",
            0,
            new Seed(7),
            1,
            List.of(),
            0);
    try (DiffusionGenerator generator =
        new DiffusionGenerator(() -> catalogue, new PipelineLoader(catalogue::lora, resources))) {
      return generator
          .generate(request, ProgressListener.NONE, Cancellation.none())
          .images()
          .getFirst();
    }
  }
}
