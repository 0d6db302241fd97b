package dev.hyperbrush.checkpoint;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds the weight that a LoRA file means by a module's name. All names that files may use are
 * built from the names of the model's own weights: kohya's cannot be parsed, since it writes an
 * underscore for a dot as well as for an underscore.
 *
 * <p>Immutable.
 */
final class LoraLayers {
  private static final String WEIGHT = ".weight";

  /** A weight of the model, in one of its components. */
  record Layer(String component, WeightTensor tensor) {}

  private final Map<String, Layer> byName = new HashMap<>();

  /**
   * @param bases the weights of the UNet and of each text encoder
   */
  LoraLayers(List<Weights> bases) {
    bases.forEach(this::add);
  }

  private void add(Weights weights) {
    switch (weights.component()) {
      case "unet" -> {
        List<String> prefixes = List.of("unet.", "base_model.model.", "");
        add(weights, prefixes, "lora_unet_", UnaryOperator.identity());
        add(weights, List.of(), "lora_unet_", new SgmNames(modules(weights))::of);
      }
      case "text_encoder" -> {
        add(weights, List.of("text_encoder."), "lora_te1_", UnaryOperator.identity());
        // The one encoder of SD 1.5 has no number there.
        add(weights, List.of(), "lora_te_", UnaryOperator.identity());
      }
      case "text_encoder_2" ->
          add(weights, List.of("text_encoder_2."), "lora_te2_", UnaryOperator.identity());
      default -> throw new IllegalArgumentException(weights.component());
    }
  }

  Optional<Layer> find(String module) {
    return Optional.ofNullable(byName.get(module));
  }

  private void add(
      Weights weights,
      List<String> dottedPrefixes,
      String kohyaPrefix,
      UnaryOperator<String> rename) {
    for (String module : modules(weights)) {
      Layer layer = new Layer(weights.component(), weights.get(module + WEIGHT));
      String name = rename.apply(module);
      dottedPrefixes.forEach(prefix -> byName.putIfAbsent(prefix + name, layer));
      byName.putIfAbsent(kohyaPrefix + name.replace('.', '_'), layer);
    }
  }

  private static Collection<String> modules(Weights weights) {
    return weights.names().stream()
        .filter(name -> name.endsWith(WEIGHT))
        .map(name -> name.substring(0, name.length() - WEIGHT.length()))
        .toList();
  }
}
