package dev.hyperbrush.textencoder;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.graph.ClipTextGraph;
import dev.hyperbrush.graph.Dialect;
import dev.hyperbrush.graph.PromptStates;
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
  private final PromptStates states;
  private final int layers;
  private final int size;
  private final boolean hasProjection;

  private OnnxTextEncoder(OnnxSession session, PromptStates states, ClipTextGraph.ClipText graph) {
    this.session = session;
    this.states = states;
    this.layers = graph.layers();
    this.size = graph.size();
    this.hasProjection = graph.hasProjection();
  }

  /**
   * Builds the graph and loads the weights; a {@link Refusal} names what does not fit.
   *
   * @param states which hidden states the model was trained with
   */
  public static OnnxTextEncoder load(
      Component component, PromptStates states, OnnxSettings settings) {
    Dialect dialect = Dialect.of(settings.usable());
    ClipTextGraph.ClipText graph = ClipTextGraph.build(component, states, dialect);
    return new OnnxTextEncoder(OnnxSession.open(graph.model(), settings), states, graph);
  }

  @Override
  public int embeddingSize() {
    return size;
  }

  @Override
  public TextEncoding encode(int[][] inputIds, int clipSkip, Cancellation cancellation) {
    return encode(inputIds, Tensor.zeros(1, size), clipSkip, cancellation);
  }

  @Override
  public TextEncoding encode(
      int[][] inputIds, Tensor vectors, int clipSkip, Cancellation cancellation) {
    if (clipSkip < 0 || clipSkip >= layers) {
      throw new Refusal(ReasonCode.CLIP_SKIP_OUT_OF_RANGE, clipSkip, layers - 1);
    }
    String hiddenStates = ClipTextGraph.promptStates(states, states.layersRun(layers, clipSkip));
    OnnxOutputs outputs = run(inputIds, vectors, wanted(hiddenStates), cancellation);
    return new TextEncoding(
        outputs.floats(hiddenStates),
        hasProjection ? Optional.of(outputs.floats(ClipTextGraph.POOLED)) : Optional.empty());
  }

  private Set<String> wanted(String hiddenStates) {
    return hasProjection ? Set.of(hiddenStates, ClipTextGraph.POOLED) : Set.of(hiddenStates);
  }

  /** Any output of {@link ClipTextGraph}: {@code [batch, tokens, size]}. */
  Tensor output(String name, int[][] inputIds) {
    return run(inputIds, Tensor.zeros(1, size), Set.of(name), Cancellation.none()).floats(name);
  }

  private OnnxOutputs run(
      int[][] inputIds, Tensor vectors, Set<String> outputs, Cancellation cancellation) {
    Map<String, OnnxArray> inputs =
        Map.of(
            ClipTextGraph.INPUT_IDS,
            OnnxArray.Ints.ofRows(inputIds),
            ClipTextGraph.ADDED_EMBEDDINGS,
            new OnnxArray.Floats(vectors));
    return session.run(inputs, outputs, cancellation);
  }

  @Override
  public void close() {
    session.close();
  }
}
