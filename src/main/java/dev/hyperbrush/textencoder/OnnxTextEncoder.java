package dev.hyperbrush.textencoder;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.graph.ClipTextGraph;
import dev.hyperbrush.onnx.OnnxArray;
import dev.hyperbrush.onnx.OnnxOutputs;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A CLIP text encoder on ONNX Runtime. Owned by one thread. */
public final class OnnxTextEncoder implements TextEncoder {
  private final OnnxSession session;
  private final int layers;
  private final boolean hasProjection;

  private OnnxTextEncoder(OnnxSession session, int layers, boolean hasProjection) {
    this.session = session;
    this.layers = layers;
    this.hasProjection = hasProjection;
  }

  /** Builds the graph and loads the weights; a {@link Refusal} names what does not fit. */
  public static OnnxTextEncoder load(Component component, OnnxSettings settings) {
    ClipTextGraph.ClipText graph = ClipTextGraph.build(component);
    OnnxSession session = OnnxSession.open(graph.model(), settings);
    return new OnnxTextEncoder(session, graph.layers(), graph.hasProjection());
  }

  @Override
  public TextEncoding encode(int[][] inputIds, int clipSkip, Cancellation cancellation) {
    if (clipSkip < 0 || clipSkip >= layers) {
      throw new Refusal(ReasonCode.CLIP_SKIP_OUT_OF_RANGE, clipSkip, layers - 1);
    }
    // SDXL reads the output of the last layer but one, and further skips count from there.
    String hiddenStates = ClipTextGraph.hiddenStates(layers - 1 - clipSkip);
    OnnxOutputs outputs = run(inputIds, wanted(hiddenStates), cancellation);
    return new TextEncoding(
        outputs.floats(hiddenStates),
        hasProjection ? Optional.of(outputs.floats(ClipTextGraph.POOLED)) : Optional.empty());
  }

  private Set<String> wanted(String hiddenStates) {
    return hasProjection ? Set.of(hiddenStates, ClipTextGraph.POOLED) : Set.of(hiddenStates);
  }

  /** Any output of {@link ClipTextGraph}: {@code [batch, tokens, size]}. */
  Tensor output(String name, int[][] inputIds) {
    return run(inputIds, Set.of(name), Cancellation.none()).floats(name);
  }

  private OnnxOutputs run(int[][] inputIds, Set<String> outputs, Cancellation cancellation) {
    Map<String, OnnxArray> inputs =
        Map.of(ClipTextGraph.INPUT_IDS, OnnxArray.Ints.ofRows(inputIds));
    return session.run(inputs, outputs, cancellation);
  }

  @Override
  public void close() {
    session.close();
  }
}
