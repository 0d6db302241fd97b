package dev.hyperbrush.synthetic;

import dev.hyperbrush.checkpoint.ModelConfig;
import dev.hyperbrush.synthetic.Slot.Kind;
import java.util.List;

/**
 * The tensors of a CLIP text encoder by its {@code config.json}: SDXL's first one, which has the
 * same names in both layouts, or its second one, which has OpenCLIP's in the original. Owned by one
 * thread, for one listing.
 */
final class ClipTensors {
  private static final int LARGEST = 1 << 16;
  private static final int LARGEST_VOCABULARY = 1 << 20;

  private final int vocabulary;
  private final int tokens;
  private final int size;
  private final int inner;
  private final int layers;
  private final TensorSheet sheet = new TensorSheet();

  private ClipTensors(ModelConfig config) {
    vocabulary = config.integer("vocab_size", 1, LARGEST_VOCABULARY);
    tokens = config.integer("max_position_embeddings", 1, LARGEST);
    size = config.integer("hidden_size", 1, LARGEST);
    inner = config.integer("intermediate_size", 1, LARGEST);
    layers = config.integer("num_hidden_layers", 1, LARGEST);
  }

  static TensorSheet first(ModelConfig config) {
    return new ClipTensors(config).first();
  }

  static TensorSheet second(ModelConfig config) {
    return new ClipTensors(config).second(config.integer("projection_dim", 1, LARGEST));
  }

  private TensorSheet first() {
    Place at = new Place("text_model", "conditioner.embedders.0.transformer.text_model");
    Place embeddings = at.in("embeddings");
    sheet.inSingle(
        new Stored(embeddings.in("position_ids").single(), List.of(1, tokens), List.of(), false));
    sheet.weight(embeddings.in("token_embedding.weight"), vocabulary, size);
    sheet.weight(embeddings.in("position_embedding.weight"), tokens, size);
    for (int i = 0; i < layers; i++) {
      Place layer = at.in("encoder.layers." + i);
      sheet.norm(layer.in("layer_norm1"), size);
      for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
        sheet.linear(layer.in("self_attn").in(projection), size, size);
      }
      sheet.norm(layer.in("layer_norm2"), size);
      sheet.linear(layer.in("mlp.fc1"), size, inner);
      sheet.linear(layer.in("mlp.fc2"), inner, size);
    }
    sheet.norm(at.in("final_layer_norm"), size);
    return sheet;
  }

  private TensorSheet second(int projection) {
    Place at = new Place("text_model", "conditioner.embedders.1.model");
    sheet.weight(
        at.in("embeddings.token_embedding.weight", "token_embedding.weight"), vocabulary, size);
    sheet.weight(
        at.in("embeddings.position_embedding.weight", "positional_embedding"), tokens, size);
    for (int i = 0; i < layers; i++) {
      Place layer = at.in("encoder.layers." + i, "transformer.resblocks." + i);
      sheet.norm(layer.in("layer_norm1", "ln_1"), size);
      packed(layer.in("self_attn", "attn"), "weight", "in_proj_weight", size, size);
      packed(layer.in("self_attn", "attn"), "bias", "in_proj_bias", size);
      sheet.linear(layer.in("self_attn.out_proj", "attn.out_proj"), size, size);
      sheet.norm(layer.in("layer_norm2", "ln_2"), size);
      sheet.linear(layer.in("mlp.fc1", "mlp.c_fc"), size, inner);
      sheet.linear(layer.in("mlp.fc2", "mlp.c_proj"), inner, size);
    }
    sheet.norm(at.in("final_layer_norm", "ln_final"), size);
    Slot matrix = sheet.inFolder("text_projection.weight", Kind.WEIGHT, projection, size);
    sheet.inSingle(
        new Stored(
            at.single() + ".text_projection", List.of(size, projection), List.of(matrix), true));
    sheet.inSingle(
        Stored.of(at.single() + ".logit_scale", new Slot("logit_scale", List.of(), Kind.SHIFT)));
    return sheet;
  }

  /** What attention takes its queries, keys and values by: OpenCLIP has them in one tensor. */
  private void packed(Place at, String folderName, String singleName, int... shape) {
    Kind kind = folderName.equals("bias") ? Kind.SHIFT : Kind.WEIGHT;
    List<Slot> slots =
        List.of("q_proj.", "k_proj.", "v_proj.").stream()
            .map(name -> sheet.inFolder(at.folder() + "." + name + folderName, kind, shape))
            .toList();
    int[] joined = shape.clone();
    joined[0] *= slots.size();
    sheet.inSingle(
        new Stored(at.single() + "." + singleName, TensorSheet.ints(joined), slots, false));
  }
}
