package dev.hyperbrush.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.synthetic.SyntheticModel.Layout;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of random numbers is, but for the numbers, what is published. */
final class SyntheticModelTest {
  private static final String FIRST_BLOCK =
      "down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.weight";

  @TempDir private static Path folder;
  private static Path model;
  private static SafetensorsFile single;

  @BeforeAll
  static void write() throws IOException {
    SyntheticModel small = SyntheticModel.like(Reference.path("tiny-sdxl"));
    model = folder.resolve("model");
    Path file = folder.resolve("model.safetensors");
    Optional<Path> vocabulary = Optional.of(Reference.path("tokenizer"));
    small.write(model, Layout.FOLDER, vocabulary, 5, bytes -> {});
    small.write(file, Layout.SINGLE, vocabulary, 5, bytes -> {});
    single = SafetensorsFile.open(file);
  }

  @Test
  void sdxlHasItsPublishedSize() throws IOException {
    SyntheticModel sdxl = SyntheticModel.sdxl();
    assertThat(sdxl.parameters("unet")).isEqualTo(2_567_463_684L);
    assertThat(sdxl.parameters("text_encoder")).isEqualTo(123_060_480L);
    assertThat(sdxl.parameters("text_encoder_2")).isEqualTo(694_659_840L);
    assertThat(sdxl.parameters("vae")).isEqualTo(83_653_863L);
  }

  @Test
  void namesAreThoseOfDiffusers() {
    for (String network : new String[] {"unet", "vae", "text_encoder", "text_encoder_2"}) {
      SafetensorsFile real = weights(Reference.path("tiny-sdxl"), network);
      SafetensorsFile made = weights(model, network);
      assertThat(made.names()).containsExactlyInAnyOrderElementsOf(real.names());
      for (String name : real.names()) {
        assertThat(made.find(name).orElseThrow().shape())
            .isEqualTo(real.find(name).orElseThrow().shape());
      }
    }
  }

  @Test
  void theOriginalLayoutHoldsTheSameNumbers() {
    SafetensorsFile unet = weights(model, "unet");
    assertThat(
            single
                .read(
                    "model.diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight")
                .data())
        .isEqualTo(unet.read(FIRST_BLOCK).data());
    SafetensorsFile clip = weights(model, "text_encoder_2");
    String open = "conditioner.embedders.1.model.";
    float[] packed = single.read(open + "transformer.resblocks.1.attn.in_proj_bias").data();
    float[] keys = clip.read("text_model.encoder.layers.1.self_attn.k_proj.bias").data();
    assertThat(Arrays.copyOfRange(packed, keys.length, 2 * keys.length)).isEqualTo(keys);
    Tensor rows = clip.read("text_projection.weight");
    Tensor columns = single.read(open + "text_projection");
    assertThat(columns.data()[3]).isEqualTo(rows.data()[3 * rows.dim(1)]);
  }

  @Test
  void numbersAreAroundZeroAndOfTheSizeThatKeepsSums() {
    Tensor weight = weights(model, "unet").read(FIRST_BLOCK);
    double squares = 0;
    double sum = 0;
    for (float value : weight.data()) {
      squares += value * value;
      sum += value;
    }
    assertThat(Math.sqrt(squares / weight.data().length * weight.dim(1))).isBetween(0.9, 1.1);
    assertThat(Math.abs(sum / weight.data().length)).isLessThan(0.02);
  }

  @Test
  void aMadeUpVocabularyReadsPrompts() throws IOException {
    Path made = folder.resolve("vocabulary");
    new MadeUpVocabulary(49_408).write(made);
    ClipTokenizer tokenizer = ClipTokenizer.load(made);
    assertThat(tokenizer.encode("abc").ids()).startsWith(49_406).hasSize(77);
    assertThat(tokenizer.encode("abc").ids()[2]).isEqualTo(49_407); // one word, one symbol
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    SyntheticModel sdxl = SyntheticModel.sdxl();
    assertThatThrownBy(() -> sdxl.write(model, Layout.FOLDER, Optional.empty(), 1, bytes -> {}))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.OUTPUT_EXISTS));
  }

  private static SafetensorsFile weights(Path folder, String network) {
    try (var files = Files.list(folder.resolve(network))) {
      return files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .map(SafetensorsFile::open)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
