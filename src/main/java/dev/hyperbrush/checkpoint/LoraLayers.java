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

  private static final String BIAS = ".bias";

  private final Map<String, Named> byName = new HashMap<>();
  private Optional<LoraBase> base = Optional.empty();

  /** A layer by the name that its component has for it. */
  private record Named(Weights weights, String layer) {}

  /**
   * @param bases the weights of the UNet and of each text encoder
   */
  LoraLayers(List<Weights> bases) {
    bases.forEach(this::add);
  }

  private void add(Weights weights) {
    switch (weights.component()) {
      case "unet" -> {
        base = LoraBase.of(weights);
        List<String> prefixes = List.of("unet.", "base_model.model.", "");
        add(weights, prefixes, List.of("lora_unet_", "lycoris_"), UnaryOperator.identity());
        UnaryOperator<String> sgm = new SgmNames(modules(weights))::of;
        add(weights, List.of("diffusion_model."), List.of("lora_unet_"), sgm);
      }
      // The one encoder of SD 1.5 has no number in kohya's names.
      case "text_encoder" ->
          add(
              weights,
              List.of("text_encoder."),
              List.of("lora_te1_", "lora_te_"),
              UnaryOperator.identity());
      case "text_encoder_2" ->
          add(weights, List.of("text_encoder_2."), List.of("lora_te2_"), UnaryOperator.identity());
      default -> throw new IllegalArgumentException(weights.component());
    }
  }

  /** What the cross-attention of the UNet says. */
  Optional<LoraBase> base() {
    return base;
  }

  Optional<Layer> find(LoraModule module) {
    String ending = module.target() == LoraModule.Target.BIAS ? BIAS : WEIGHT;
    return Optional.ofNullable(byName.get(module.name()))
        .flatMap(named ->
            named
                .weights
                .find(named.layer + ending)
                .map(tensor -> new Layer(named.weights.component(), tensor)));
  }

  private void add(
      Weights weights,
      List<String> dottedPrefixes,
      List<String> kohyaPrefixes,
      UnaryOperator<String> rename) {
    for (String module : modules(weights)) {
      Named layer = new Named(weights, module);
      String name = rename.apply(module);
      dottedPrefixes.forEach(prefix -> byName.putIfAbsent(prefix + name, layer));
      String flat = name.replace('.', '_');
      kohyaPrefixes.forEach(prefix -> byName.putIfAbsent(prefix + flat, layer));
    }
  }

  private static Collection<String> modules(Weights weights) {
    return weights.names().stream()
        .filter(name -> name.endsWith(WEIGHT))
        .map(name -> name.substring(0, name.length() - WEIGHT.length()))
        .toList();
  }
}
