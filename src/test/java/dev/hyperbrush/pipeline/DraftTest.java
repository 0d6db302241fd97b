package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.Reference;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.onnx.OnnxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafts and previews by a tiny decoder, with a model whose VAE is said to be slow. */
final class DraftTest {
  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vae/taesdxl.safetensors",
        "models/vae-approx/taesdxl_decoder.safetensors",
        "elsewhere/mine.safetensors"
      })
  void aTinyDecoderDrawsPreviewsAndDrafts(String file) throws IOException {
    Path installed = data.resolve(file);
    Files.createDirectories(installed.getParent());
    Files.copy(Reference.path("vae/taesd_decoder.safetensors"), installed);
    List<RgbImage> previews = new ArrayList<>();
    GenerationResult draft = draw("taesd: elsewhere/mine.safetensors", true, previews);
    assertThat(draft.notices()).isEmpty();
    assertThat(previews).hasSize(2);
    assertThat(previews.getFirst().width()).isEqualTo(128);
    GenerationResult full = draw("taesd: elsewhere/mine.safetensors", false, new ArrayList<>());
    assertThat(meanDifference(previews.getLast().rgb(), rgb(draft))).isLessThan(8);
    assertThat(meanDifference(rgb(full), rgb(draft))).isGreaterThan(20);
  }

  @Test
  void withoutOneADraftIsDrawnInFullAndSaysSo() {
    List<RgbImage> previews = new ArrayList<>();
    GenerationResult draft = draw("sizeMultiple: 32", true, previews);
    assertThat(draft.notices()).containsExactly(Phrase.of(ReasonCode.DRAFT_NOT_INSTALLED, "tiny"));
    assertThat(previews).isEmpty();
    assertThat(Arrays.equals(rgb(draw("sizeMultiple: 32", false, previews)), rgb(draft))).isTrue();
  }

  @Test
  void oneThatIsBrokenIsLikeNone() throws IOException {
    Files.createDirectories(data.resolve("vae"));
    Files.writeString(data.resolve("vae/taesdxl.safetensors"), "no weights at all");
    GenerationResult draft = draw("sizeMultiple: 32", true, new ArrayList<>());
    assertThat(draft.notices()).containsExactly(Phrase.of(ReasonCode.DRAFT_NOT_INSTALLED, "tiny"));
  }

  private GenerationResult draw(String line, boolean draft, List<RgbImage> previews) {
    try {
      Path models = data.resolve("models.yaml");
      Files.writeString(models, "models: {tiny: {livePreview: false, %s}}".formatted(line));
      ModelCatalogue catalogue = ModelCatalogue.load(data, Optional.of(models), "tiny");
      Resources resources = new Resources(OnnxSettings.cpu(), data.resolve("cache"));
      try (DiffusionGenerator generator =
          new DiffusionGenerator(() -> catalogue, new PipelineLoader(catalogue::lora, resources))) {
        return generator.generate(
            request().withDraft(draft),
            progress -> progress.preview().get().ifPresent(previews::add),
            Cancellation.none());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] rgb(GenerationResult result) {
    return result.images().getFirst().rgb();
  }

  private static double meanDifference(byte[] a, byte[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
    }
    return sum / a.length;
  }

  private static GenerationRequest request() {
    return new GenerationRequest(
        "tiny",
        "a red circle on a blue background",
        "",
        new ImageSize(128, 128),
        2,
        0,
        "DDIM",
        0,
        new Seed(7),
        1,
        List.of(),
        0);
  }
}
