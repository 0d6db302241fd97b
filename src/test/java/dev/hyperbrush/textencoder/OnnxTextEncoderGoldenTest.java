package dev.hyperbrush.textencoder;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.graph.ClipTextGraph;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What transformers computed on the same weights. */
@Tag("golden")
final class OnnxTextEncoderGoldenTest {
  private static final double TOLERANCE = 2e-5;

  @ParameterizedTest
  @CsvSource({"te1, text_encoder", "te2, text_encoder_2"})
  void encodesAsTransformersDoes(String prefix, String folder) {
    SafetensorsFile golden =
        SafetensorsFile.open(Reference.path("components/text_encoders.safetensors"));
    Component component = Component.open(folder, Reference.path("tiny-sdxl/" + folder));
    int[][] ids = rows(golden.read(prefix + ".input_ids"));
    try (OnnxTextEncoder encoder =
        OnnxTextEncoder.load(component, PromptStates.PENULTIMATE, OnnxSettings.cpu())) {
      TextEncoding encoding = encoder.encode(ids, 0, Cancellation.none());
      close("hidden", encoding.hiddenStates(), golden.read(prefix + ".penultimate_hidden"));
      close(
          "after one layer",
          encoder.output(ClipTextGraph.hiddenStates(1), ids),
          golden.read(prefix + ".first_layer_hidden"));
      close(
          "last",
          encoder.output(ClipTextGraph.LAST_HIDDEN_STATE, ids),
          golden.read(prefix + ".last_hidden_normed"));
      assertThat(encoding.pooled().isPresent())
          .isEqualTo(golden.find(prefix + ".text_embeds").isPresent());
      encoding.pooled().ifPresent(p -> close("pooled", p, golden.read(prefix + ".text_embeds")));
    }
  }

  private static void close(String what, Tensor actual, Tensor expected) {
    assertClose(what, actual, expected, TOLERANCE);
  }

  private static int[][] rows(Tensor ids) {
    int[][] rows = new int[ids.dim(0)][ids.dim(1)];
    for (int i = 0; i < ids.data().length; i++) {
      rows[i / ids.dim(1)][i % ids.dim(1)] = (int) ids.data()[i];
    }
    return rows;
  }
}
