package dev.hyperbrush.textencoder;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static dev.hyperbrush.tensor.Closeness.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.graph.ClipTextGraph;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OnnxTextEncoderTest {
  private static final double TOLERANCE = 2e-5;
  private static final int START = 49406;
  private static final int END = 49407;

  @TempDir Path folder;

  private final Component component = Components.tiny("text_encoder_2");
  private final int layers = component.config().integer("num_hidden_layers", 1, 100);

  @Test
  void clipSkipTakesEarlierLayers() {
    int[][] ids = {prompt(320, 1125)};
    try (OnnxTextEncoder encoder = load(component)) {
      for (int clipSkip = 0; clipSkip < layers; clipSkip++) {
        Tensor expected = encoder.output(ClipTextGraph.hiddenStates(layers - 1 - clipSkip), ids);
        Tensor actual = encoder.encode(ids, clipSkip, Cancellation.none()).hiddenStates();
        assertThat(actual.data()).isEqualTo(expected.data());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 100})
  void anImpossibleClipSkipIsRefused(int clipSkip) {
    int[][] ids = {prompt(320)};
    try (OnnxTextEncoder encoder = load(component)) {
      assertThatThrownBy(() -> encoder.encode(ids, clipSkip, Cancellation.none()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining(String.valueOf(clipSkip))
          .hasMessageContaining("0 to " + (layers - 1));
    }
  }

  /** Later tokens are not seen by earlier ones, and other prompts of a batch not at all. */
  @Test
  void attendsBackwardsOnly() {
    int[][] ids = {prompt(320, 1125, 539), prompt(320, 1125, 2368)};
    try (OnnxTextEncoder encoder = load(component)) {
      Tensor hidden = encoder.encode(ids, 0, Cancellation.none()).hiddenStates();
      int size = hidden.dim(2);
      float[] first = hidden.slice(0, 1).data();
      float[] second = hidden.slice(1, 2).data();
      assertThat(Arrays.mismatch(first, second)).isBetween(3 * size, 4 * size - 1);
    }
  }

  /** Configs name the end token, or 2 for the largest id: the same for prompts of CLIP. */
  @Test
  void poolsAtTheFirstEndToken() throws IOException {
    int[][] ids = {prompt(320, 1125), prompt()};
    Component named = Components.configured(component, "eos_token_id", String.valueOf(END));
    assertClose("pooled", pooled(named, ids), pooled(component, ids), 0);
    ids[0][60] = 5; // behind the end
    assertClose("pooled", pooled(named, ids), pooled(component, ids), 0);
    ids[0][1] = 5;
    assertThat(largestDifference(pooled(named, ids), pooled(component, ids))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text_model.encoder.layers.1.self_attn.q_proj.weight",
        "text_model.encoder.layers.0.mlp.fc1.weight",
        "text_model.embeddings.token_embedding.weight",
        "text_projection.weight"
      })
  void replacedWeightsAreUsed(String name) throws IOException {
    int[][] ids = {prompt(320, 1125)};
    Tensor changed = Components.scaled(component.weights().get(name).read(), 3);
    Component stored = Components.stored(component, folder, name, changed);
    Component replaced = Components.replaced(component, folder, name, changed);
    assertThat(largestDifference(pooled(replaced, ids), pooled(component, ids)))
        .isGreaterThan(1e-3);
    assertClose(name, pooled(replaced, ids), pooled(stored, ids), TOLERANCE);
  }

  @Test
  void aPromptOfAnotherLengthIsRefused() {
    try (OnnxTextEncoder encoder = load(component)) {
      assertThatThrownBy(() -> encoder.encode(new int[1][76], 0, Cancellation.none()))
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.code()).isEqualTo(ReasonCode.INPUT_SHAPE_WRONG))
          .hasMessageContaining("[1, 76]");
    }
  }

  @Test
  void aTokenThatTheVocabularyLacksIsRefused() {
    int[][] ids = {prompt(1_000_000)};
    try (OnnxTextEncoder encoder = load(component)) {
      assertThatThrownBy(() -> encoder.encode(ids, 0, Cancellation.none()))
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.code()).isEqualTo(ReasonCode.MODEL_FAILED))
          .hasMessageContaining("text_encoder_2")
          .hasMessageContaining("1000000");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hidden_act, 'relu'",
    "num_attention_heads, 5",
    "max_position_embeddings, 100000000",
    "hidden_size, -8",
    "num_hidden_layers, 1.5"
  })
  void whatTheGraphDoesNotHaveIsRefusedByName(String key, String json) throws IOException {
    String value = key.equals("hidden_act") ? "'" + json + "'" : json;
    Component odd = Components.configured(component, key, value);
    assertThatThrownBy(() -> ClipTextGraph.build(odd, PromptStates.PENULTIMATE))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'" + key + "'");
  }

  private static Tensor pooled(Component component, int[][] ids) {
    try (OnnxTextEncoder encoder = load(component)) {
      return encoder.encode(ids, 0, Cancellation.none()).pooled().orElseThrow();
    }
  }

  private static OnnxTextEncoder load(Component component) {
    return OnnxTextEncoder.load(component, PromptStates.PENULTIMATE, OnnxSettings.cpu());
  }

  private static int[] prompt(int... tokens) {
    int[] ids = new int[77];
    Arrays.fill(ids, END);
    ids[0] = START;
    System.arraycopy(tokens, 0, ids, 1, tokens.length);
    return ids;
  }
}
