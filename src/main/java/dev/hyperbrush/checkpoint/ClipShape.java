package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** Reads the configuration of a CLIP text encoder from the names and shapes of its tensors. */
final class ClipShape {
  /** In all published sizes of CLIP. */
  private static final int HEAD_SIZE = 64;

  /**
   * The configuration as transformers would write it.
   *
   * @param file that the weights are of, for messages
   * @param weights under the names of transformers
   */
  static ModelConfig config(ModelFamily family, Path file, Weights weights) {
    ShapeOf shape = new ShapeOf(weights);
    ObjectNode config = PublishedConfig.of(family, weights.component());
    String tokens = "text_model.embeddings.token_embedding.weight";
    long hidden = shape.size(tokens, 1);
    config.put("vocab_size", shape.size(tokens, 0));
    config.put("hidden_size", hidden);
    config.put("num_attention_heads", Math.max(1, hidden / HEAD_SIZE));
    config.put(
        "max_position_embeddings",
        shape.size("text_model.embeddings.position_embedding.weight", 0));
    config.put("intermediate_size", shape.size("text_model.encoder.layers.0.mlp.fc1.weight", 0));
    config.put("num_hidden_layers", shape.count("text_model.encoder.layers"));
    if (shape.has("text_projection")) {
      config.put("projection_dim", shape.size("text_projection.weight", 0));
    }
    return new ModelConfig(file, config);
  }

  private ClipShape() {}
}
