package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.onnx.OnnxModel;
import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * The text encoder of CLIP (arXiv 2103.00020): a transformer in which each token attends to those
 * before it.
 *
 * <p>Owned by one thread, for one build.
 */
public final class ClipTextGraph {
  public static final String INPUT_IDS = "input_ids";
  public static final String ADDED_EMBEDDINGS = "added_embeddings";
  public static final String LAST_HIDDEN_STATE = "last_hidden_state";
  public static final String POOLED = "pooled";

  private static final String PROJECTION = "text_projection";

  /** What old configs say instead of the end token: there it has the largest id. */
  private static final int LARGEST_ID = 2;

  /** Weighs nothing after a softmax; the lowest number of 16-bit floats. */
  private static final float LOWEST = -65_504;

  /**
   * The graph of an encoder.
   *
   * @param layers number of layers, so that the last output is {@code hidden_states.<layers>}
   * @param size of a token's embedding
   * @param hasProjection whether it has the output {@code pooled}
   */
  public record ClipText(OnnxModel model, int layers, int size, boolean hasProjection) {}

  private final ClipTextConfig config;
  private final PromptStates states;
  private final boolean hasProjection;
  private final GraphBuilder graph;
  private final Layers root;
  private final Layers model;

  private ClipTextGraph(Component textEncoder, PromptStates states, Dialect dialect) {
    this.states = states;
    config = ClipTextConfig.read(textEncoder.config());
    hasProjection = textEncoder.weights().find(PROJECTION + ".weight").isPresent();
    graph = new GraphBuilder(textEncoder.weights(), dialect);
    root = new Layers(graph, "");
    model = root.in("text_model");
  }

  /**
   * The graph from {@code input_ids [batch, tokens]} and {@code added_embeddings [rows, size]}, of
   * which an id below 0 takes row {@code -1 - id}, to {@code hidden_states.<n> [batch, tokens,
   * size]} after n layers, {@code last_hidden_state}, normalized, and, where the encoder has a
   * projection, {@code pooled [batch, size]}. Where the prompt's embedding is normalized, also to
   * {@code normed_states.<n>}: what is after n layers, with the normalization of the last. Outputs
   * are 32-bit floats, whatever the dialect computes in.
   */
  public static ClipText build(Component textEncoder, PromptStates states, Dialect dialect) {
    return new ClipTextGraph(textEncoder, states, dialect).build();
  }

  /** As above, in the dialect for every provider. */
  public static ClipText build(Component textEncoder, PromptStates states) {
    return build(textEncoder, states, Dialect.PORTABLE);
  }

  /** Name of the output that is the prompt's embedding after {@code layers} layers. */
  public static String promptStates(PromptStates states, int layers) {
    return states == PromptStates.LAST_NORMED ? "normed_states." + layers : hiddenStates(layers);
  }

  /** Name of the output after {@code layers} layers; 0 are the embeddings. */
  public static String hiddenStates(int layers) {
    return "hidden_states." + layers;
  }

  private ClipText build() {
    Value ids = graph.input(INPUT_IDS, ElementType.INT32, Dim.BATCH, Dim.of(config.tokens()));
    Value mask = causalMask();
    Dim size = Dim.of(config.hiddenSize());
    Value added = graph.input(ADDED_EMBEDDINGS, ElementType.FLOAT, Dim.any("added"), size);
    Feature x = embeddings(ids, added);
    hiddenOutput(hiddenStates(0), x);
    for (int i = 0; i < config.layers(); i++) {
      x = layer(model.in("encoder.layers." + i), x, mask);
      hiddenOutput(hiddenStates(i + 1), x);
      if (states == PromptStates.LAST_NORMED) {
        hiddenOutput(ClipTextGraph.promptStates(states, i + 1), normed(x));
      }
    }
    x = normed(x);
    hiddenOutput(LAST_HIDDEN_STATE, x);
    if (hasProjection) {
      Feature pooled = x.with(atEnd(x.value(), ids));
      pooled = root.linearWithoutBias(PROJECTION, pooled, config.projectionSize());
      Value projected = graph.inFloats(POOLED, pooled.value());
      Dim projection = Dim.of(config.projectionSize());
      graph.output(POOLED, projected, ElementType.FLOAT, Dim.BATCH, projection);
    }
    return new ClipText(graph.build(), config.layers(), config.hiddenSize(), hasProjection);
  }

  private Feature normed(Feature x) {
    return model.layerNorm("final_layer_norm", x, config.normEpsilon());
  }

  private void hiddenOutput(String name, Feature x) {
    Dim tokens = Dim.of(config.tokens());
    Value states = graph.inFloats(name, x.value());
    graph.output(name, states, ElementType.FLOAT, Dim.BATCH, tokens, Dim.of(x.channels()));
  }

  private Feature embeddings(Value ids, Value added) {
    Layers at = model.in("embeddings");
    String tokens = at.path() + ".token_embedding.weight";
    String positions = at.path() + ".position_embedding.weight";
    // Cast after the rows are taken: the table is large, and stays in the file.
    Value table = graph.rawWeight(tokens, config.vocabularySize(), config.hiddenSize());
    Value zero = graph.cast(at.path(), graph.integers(0), ElementType.INT32);
    Value known = at.node("Max", List.of(ids, zero));
    Value rows = graph.toComputed(tokens, at.node("Gather", List.of(table, known)));
    Value first = graph.cast(at.path(), graph.integers(-1), ElementType.INT32);
    Value place = at.node("Max", List.of(at.node("Sub", List.of(first, ids)), zero));
    Value others = at.node("Gather", List.of(graph.computed(at.path(), added), place));
    Value isAdded = at.node("Less", List.of(ids, zero));
    isAdded = at.node("Unsqueeze", List.of(isAdded, graph.integers(-1)));
    rows = at.node("Where", List.of(isAdded, others, rows));
    Value position = graph.weight(positions, config.tokens(), config.hiddenSize());
    return new Feature(at.add(rows, position), config.hiddenSize());
  }

  private Feature layer(Layers at, Feature input, Value mask) {
    Feature x = input;
    Feature normed = at.layerNorm("layer_norm1", x, config.normEpsilon());
    x = x.with(at.add(x.value(), attention(at.in("self_attn"), normed, mask).value()));
    normed = at.layerNorm("layer_norm2", x, config.normEpsilon());
    return x.with(at.add(x.value(), feedForward(at.in("mlp"), normed).value()));
  }

  private Feature attention(Layers at, Feature x, Value mask) {
    Feature query = at.linear("q_proj", x, x.channels());
    Feature key = at.linear("k_proj", x, x.channels());
    Feature value = at.linear("v_proj", x, x.channels());
    Feature attended = at.attention(query, key, value, config.heads(), mask);
    return at.linear("out_proj", attended, x.channels());
  }

  private Feature feedForward(Layers at, Feature x) {
    Feature h = at.linear("fc1", x, config.innerSize());
    return at.linear("fc2", config.quickGelu() ? at.quickGelu(h) : at.gelu(h), x.channels());
  }

  /** {@code [1, 1, tokens, tokens]}: what follows a token weighs nothing for it. */
  private Value causalMask() {
    int tokens = config.tokens();
    Tensor mask = Tensor.zeros(1, 1, tokens, tokens);
    for (int query = 0; query < tokens; query++) {
      for (int key = query + 1; key < tokens; key++) {
        mask.data()[query * tokens + key] = LOWEST;
      }
    }
    return graph.constant("causal mask", mask);
  }

  /** {@code [batch, size]}: the hidden state where the prompt ends. */
  private Value atEnd(Value hidden, Value ids) {
    Layers at = model.in("pooling");
    Value marks = ids;
    if (config.endTokenId() != LARGEST_ID) {
      Value end = graph.cast(at.path(), graph.integers(config.endTokenId()), ElementType.INT32);
      marks = graph.cast(at.path(), at.node("Equal", List.of(ids, end)), ElementType.INT32);
    }
    // [batch, 1]; of equal ones the first
    Value position =
        at.node(
            "ArgMax",
            List.of(marks),
            Attribute.integer("axis", 1),
            Attribute.integer("keepdims", 1));
    return at.node("GatherND", List.of(hidden, position), Attribute.integer("batch_dims", 1));
  }
}
