package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.LoraLayers.Layer;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which layers of a model some LoRAs change, and what each adds to which. Nothing is computed yet.
 *
 * <p>Immutable.
 *
 * @param reports one for each LoRA, in order
 */
record FusionPlan(Map<Layer, List<Contribution>> layers, List<LoraReport> reports) {
  /** One module of one file, at one weight. */
  record Contribution(LoraFile file, LoraModule module, double weight) {}

  /**
   * Finds the layers that the LoRAs mean.
   *
   * @throws Refusal when a LoRA is not for this model
   */
  static FusionPlan of(List<AppliedLora> loras, LoraLayers layers) {
    Map<Layer, List<Contribution>> plan = new LinkedHashMap<>();
    List<LoraReport> reports = loras.stream().map(lora -> add(lora, layers, plan)).toList();
    return new FusionPlan(plan, reports);
  }

  /** What is changed in one component. */
  List<FusedLayer> of(String component) {
    return layers.entrySet().stream()
        .filter(entry -> entry.getKey().component().equals(component))
        .map(entry -> new FusedLayer(entry.getKey().tensor(), entry.getValue()))
        .toList();
  }

  private static LoraReport add(
      AppliedLora lora, LoraLayers layers, Map<Layer, List<Contribution>> plan) {
    LoraFile file = lora.file();
    requireSameBase(file, layers);
    List<String> unknown = new ArrayList<>(file.leftovers().keys());
    Set<Layer> found = new LinkedHashSet<>();
    for (LoraModule module : file.modules()) {
      layers
          .find(module)
          .ifPresentOrElse(
              layer -> {
                requireFit(file, module, layer);
                found.add(layer);
                if (lora.weight() != 0) {
                  plan.computeIfAbsent(layer, key -> new ArrayList<>())
                      .add(new Contribution(file, module, lora.weight()));
                }
              },
              () -> unknown.addAll(module.keys()));
    }
    if (found.isEmpty()) {
      throw notForModel(file, layers);
    }
    return new LoraReport(
        file.path(),
        found.size(),
        unknown,
        file.leftovers().halves(),
        file.leftovers().embeddings());
  }

  /** Names are alike in some families: without this, a shape would be complained about. */
  private static void requireSameBase(LoraFile file, LoraLayers layers) {
    Optional<LoraBase> model = layers.base();
    Optional<LoraBase> lora = file.base();
    if (model.isPresent() && lora.isPresent() && !model.equals(lora)) {
      throw notForModel(file, layers);
    }
  }

  /** One of the same base can have other layers nonetheless: then its base is not what is amiss. */
  private static Refusal notForModel(LoraFile file, LoraLayers layers) {
    return file.base()
        .filter(base -> !layers.base().equals(Optional.of(base)))
        .map(base ->
            new Refusal(ReasonCode.LORA_FOR_OTHER_BASE, file.path().getFileName(), base.title()))
        .orElseGet(() ->
            new Refusal(
                ReasonCode.LORA_NOT_FOR_MODEL,
                file.path(),
                file.modules().size(),
                file.modules().getFirst().name()));
  }

  private static void requireFit(LoraFile file, LoraModule module, Layer layer) {
    if (!module.fits(layer.tensor())) {
      throw new Refusal(
          ReasonCode.LORA_SHAPE,
          file.path(),
          module.name(),
          module.delta().weightShape(),
          layer.tensor().shape());
    }
  }
}
