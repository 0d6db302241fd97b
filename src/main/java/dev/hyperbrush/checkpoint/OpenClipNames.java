package dev.hyperbrush.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text encoder of OpenCLIP, as original SDXL files hold it, seen under the names of
 * transformers: there the weights of query, key and value are three, here one stack of rows; and
 * the projection lies transposed.
 */
final class OpenClipNames {
  private static final Pattern LAYER =
      Pattern.compile("transformer\\.resblocks\\.(\\d{1,3})\\.(.+)\\.(weight|bias)");
  private static final Pattern PACKED =
      Pattern.compile("transformer\\.resblocks\\.(\\d{1,3})\\.attn\\.in_proj_(weight|bias)");

  private static final Map<String, String> IN_LAYER =
      Map.of(
          "ln_1", "layer_norm1",
          "ln_2", "layer_norm2",
          "mlp.c_fc", "mlp.fc1",
          "mlp.c_proj", "mlp.fc2",
          "attn.out_proj", "self_attn.out_proj");

  private static final Map<String, String> OUTSIDE_LAYERS =
      Map.of(
          "token_embedding.weight", "text_model.embeddings.token_embedding.weight",
          "positional_embedding", "text_model.embeddings.position_embedding.weight",
          "ln_final.weight", "text_model.final_layer_norm.weight",
          "ln_final.bias", "text_model.final_layer_norm.bias",
          "text_projection.weight", "text_projection.weight");

  private static final List<String> PACKED_IN_ORDER = List.of("q_proj", "k_proj", "v_proj");

  private final Map<String, WeightTensor> seen = new LinkedHashMap<>();

  private OpenClipNames() {}

  /**
   * The same tensors under the names of transformers; what is of no text encoder is left out.
   *
   * @param tensors by their names without the prefix that a whole model gives them
   */
  static Map<String, WeightTensor> asTransformers(Map<String, WeightTensor> tensors) {
    OpenClipNames names = new OpenClipNames();
    tensors.forEach(names::add);
    return names.seen;
  }

  private void add(String name, WeightTensor tensor) {
    Matcher packed = PACKED.matcher(name);
    Matcher layer = LAYER.matcher(name);
    if (packed.matches()) {
      addUnpacked(packed, tensor);
    } else if (layer.matches()) {
      String inside = IN_LAYER.get(layer.group(2));
      if (inside != null) {
        put(layer(layer.group(1)) + inside + "." + layer.group(3), tensor);
      }
    } else if (name.equals("text_projection")) {
      if (tensor.shape().size() == 2) {
        put("text_projection.weight", tensor.transpose());
      }
    } else if (OUTSIDE_LAYERS.containsKey(name)) {
      put(OUTSIDE_LAYERS.get(name), tensor);
    }
  }

  private void addUnpacked(Matcher packed, WeightTensor tensor) {
    long rows = tensor.shape().isEmpty() ? 0 : tensor.shape().getFirst();
    if (rows < 1 || rows % PACKED_IN_ORDER.size() != 0) {
      throw WeightFileProblem.brokenTensor(
          tensor.file(), tensor.name(), "of shape " + tensor.shape() + " is not in three parts");
    }
    long each = rows / PACKED_IN_ORDER.size();
    for (int i = 0; i < PACKED_IN_ORDER.size(); i++) {
      String name =
          layer(packed.group(1)) + "self_attn." + PACKED_IN_ORDER.get(i) + "." + packed.group(2);
      put(name, tensor.rows(i * each, each));
    }
  }

  private void put(String name, WeightTensor tensor) {
    seen.put(name, tensor.named(name));
  }

  private static String layer(String number) {
    return "text_model.encoder.layers." + number + ".";
  }
}
