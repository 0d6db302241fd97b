package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.checkpoint.SafetensorsWriter;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change under a model that is loaded. */
final class ReplacedModelTest {
  private static final String VAE = "models/tiny/vae/diffusion_pytorch_model.safetensors";

  @TempDir Path data;
  private DiffusionGenerator generator;

  @BeforeEach
  void open() {
    generator = generator();
  }

  @AfterEach
  void close() {
    generator.close();
  }

  @Test
  void weightsThatWereReplacedAreLoadedAnew() throws IOException {
    byte[] before = rgb(draw(generator, false));
    assertThat(rgb(draw(generator, false))).isEqualTo(before);

    paintWhite(data.resolve(VAE));

    byte[] after = rgb(draw(generator, false));
    assertThat(after).isNotEqualTo(before).containsOnly(-1);
  }

  @Test
  void aTinyDecoderThatIsInstalledLaterIsUsed() throws IOException {
    assertThat(draw(generator, true).notices())
        .containsExactly(Phrase.of(ReasonCode.DRAFT_NOT_INSTALLED, "tiny"));
    Files.createDirectories(data.resolve("vae"));
    Files.copy(
        Reference.path("vae/taesd_decoder.safetensors"), data.resolve("vae/taesdxl.safetensors"));
    assertThat(draw(generator, true).notices()).isEmpty();
  }

  private DiffusionGenerator generator() {
    ModelCatalogue catalogue = ModelCatalogue.load(data);
    Resources resources = new Resources(OnnxSettings.cpu(), data.resolve("cache"));
    return new DiffusionGenerator(() -> catalogue, new PipelineLoader(catalogue::lora, resources));
  }

  /** As somebody does who puts another file in its place: names and lengths are other ones. */
  private static void paintWhite(Path file) throws IOException {
    SafetensorsFile old = SafetensorsFile.open(file);
    Map<String, Tensor> values = new LinkedHashMap<>();
    old.names().forEach(name -> values.put(name, old.read(name)));
    values.put("another.weight", Tensor.zeros(3));
    Arrays.fill(values.getOrDefault("decoder.conv_out.bias", Tensor.zeros(1)).data(), 1000);
    Path other = SafetensorsWriter.write(file.resolveSibling("other"), DType.F32, values);
    Files.delete(file);
    Files.move(other, file);
  }

  private static byte[] rgb(GenerationResult result) {
    return result.images().getFirst().rgb();
  }

  private static GenerationResult draw(DiffusionGenerator generator, boolean draft) {
    GenerationRequest request =
        new GenerationRequest(
            "tiny",
            "a red circle",
            "",
            new ImageSize(64, 64),
            1,
            0,
            "TCD",
            0,
            new Seed(7),
            1,
            List.of(),
            0);
    return generator.generate(request.withDraft(draft), ProgressListener.NONE, Cancellation.none());
  }
}
