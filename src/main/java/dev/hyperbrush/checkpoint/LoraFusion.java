package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.LoraLayers.Layer;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The weights of one loaded model with LoRAs fused into them: W + sum of weight * alpha / rank *
 * up @ down, in 32-bit floats. Another set of LoRAs computes only the layers for which it differs
 * from the set before. Holds the layers that LoRAs touch, nothing else.
 *
 * <p>Owned by one thread.
 */
public final class LoraFusion {
  private final LoraLayers layers;
  private final Map<String, Weights> weights = new LinkedHashMap<>();
  private Map<Layer, Fused> fused = Map.of();

  /** One module of one file, at one weight. The time tells a file from its later versions. */
  private record Contribution(LoraModule module, FileTime modified, double weight) {}

  private record Fused(List<Contribution> contributions, Tensor value) {}

  /**
   * What another set of LoRAs changed.
   *
   * @param components whose {@link LoraFusion#weights} are other ones now
   * @param computed layers whose values are new
   * @param kept layers that stayed as they were fused before
   * @param dropped layers that have the model's own values again
   * @param reports one for each LoRA, in order
   */
  public record Change(
      Set<String> components, int computed, int kept, int dropped, List<LoraReport> reports) {}

  /**
   * Nothing is fused yet.
   *
   * @param bases the weights of the UNet and of each text encoder, as they are in their files
   */
  public LoraFusion(List<Weights> bases) {
    layers = new LoraLayers(bases);
    bases.forEach(base -> weights.put(base.component(), base));
  }

  /** The component's weights as they are fused now: the same object until they change. */
  public Weights weights(String component) {
    Weights current = weights.get(component);
    if (current == null) {
      throw new IllegalArgumentException("no component " + component);
    }
    return current;
  }

  /**
   * Fuses these LoRAs and no others. When one is refused, everything stays as it was.
   *
   * @throws Refusal when a LoRA is not for this model, or a file is broken
   */
  public Change fuse(List<AppliedLora> loras) {
    Map<Layer, List<Contribution>> plan = new LinkedHashMap<>();
    List<LoraReport> reports = loras.stream().map(lora -> plan(lora, plan)).toList();
    Map<Layer, Fused> next = new HashMap<>();
    Set<Layer> changed = new LinkedHashSet<>();
    plan.forEach((layer, contributions) -> {
      Fused before = fused.get(layer);
      if (before != null && before.contributions.equals(contributions)) {
        next.put(layer, before);
      } else {
        next.put(layer, new Fused(contributions, compute(layer, contributions)));
        changed.add(layer);
      }
    });
    List<Layer> dropped =
        fused.keySet().stream().filter(layer -> !next.containsKey(layer)).toList();
    fused = next;
    Set<String> components =
        Stream.concat(changed.stream(), dropped.stream())
            .map(Layer::component)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    components.forEach(this::replace);
    return new Change(
        components, changed.size(), next.size() - changed.size(), dropped.size(), reports);
  }

  private LoraReport plan(AppliedLora lora, Map<Layer, List<Contribution>> plan) {
    LoraFile file = lora.file();
    List<String> unknown = new ArrayList<>(file.otherKeys());
    Set<Layer> found = new LinkedHashSet<>();
    for (LoraModule module : file.modules()) {
      layers
          .find(module.name())
          .ifPresentOrElse(
              layer -> {
                requireFit(file, module, layer);
                found.add(layer);
                if (lora.weight() != 0) {
                  plan.computeIfAbsent(layer, key -> new ArrayList<>())
                      .add(new Contribution(module, file.modified(), lora.weight()));
                }
              },
              () -> unknown.addAll(module.keys()));
    }
    if (found.isEmpty()) {
      throw new Refusal(
          ReasonCode.LORA_NOT_FOR_MODEL,
          file.path(),
          file.modules().size(),
          file.modules().getFirst().name());
    }
    return new LoraReport(file.path(), found.size(), unknown);
  }

  private static void requireFit(LoraFile file, LoraModule module, Layer layer) {
    if (!module.fits(layer.tensor())) {
      throw new Refusal(
          ReasonCode.LORA_SHAPE,
          file.path(),
          module.name(),
          module.weightShape(),
          layer.tensor().shape());
    }
  }

  private static Tensor compute(Layer layer, List<Contribution> contributions) {
    Tensor weight = layer.tensor().read();
    contributions.forEach(each -> each.module.addTo(weight.data(), each.weight));
    return weight;
  }

  private void replace(String component) {
    Map<String, Tensor> values = new HashMap<>();
    fused.forEach((layer, now) -> {
      if (layer.component().equals(component)) {
        values.put(layer.tensor().name(), now.value);
      }
    });
    weights.computeIfPresent(component, (name, before) -> before.withReplaced(values));
  }
}
