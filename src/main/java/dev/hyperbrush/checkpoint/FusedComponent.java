package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.FusedCache.Fused;
import dev.hyperbrush.generation.Sha256;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers of one component (the UNet, a text encoder) that LoRAs change, and how they are stored
 * as fused.
 *
 * <p>Immutable.
 */
record FusedComponent(Weights base, List<FusedLayer> layers, FusionSettings settings) {
  /** Another number makes other files: for when the same inputs give other values. */
  private static final String VERSION = "1";

  private static final long SMALL_BYTES = 1L << 30;

  FusedComponent {
    layers = List.copyOf(layers);
  }

  /** Takes the values from the cache, or computes them into it. */
  Fused obtain(FusedCache cache) {
    SafetensorsLayout layout = layout();
    return cache.obtain(key(), layout, file -> new Fusing(layout, this::dtype, file).run(layers));
  }

  /** The base with the fused layers in place of its own. */
  Weights weights(SafetensorsFile fused) {
    return base.withTensors(fused.tensors());
  }

  /** The hash of everything that the values depend on. */
  String key() {
    Set<String> parts = new LinkedHashSet<>();
    parts.add(VERSION + " " + base.component() + " " + keeps16Bits());
    layers.forEach(layer -> parts.add(FileState.of(layer.base().file()).toString()));
    layers.stream()
        .flatMap(layer -> layer.contributions().stream())
        .forEach(each -> parts.add(each.file().state() + " at " + each.weight()));
    return Sha256.of(String.join("\n", parts));
  }

  private SafetensorsLayout layout() {
    return SafetensorsLayout.of(
        layers.stream().map(layer -> entry(layer.base())).toList(), Map.of());
  }

  private SafetensorsLayout.Entry entry(WeightTensor tensor) {
    return new SafetensorsLayout.Entry(tensor.name(), dtype(tensor), tensor.shape());
  }

  private DType dtype(WeightTensor tensor) {
    if (!keeps16Bits()) {
      return DType.F32;
    }
    return switch (tensor.dtype()) {
      case BF16 -> DType.BF16;
      case F16, F8_E4M3, F8_E5M2 -> DType.F16; // eight bits would lose most of a LoRA
      default -> DType.F32;
    };
  }

  private boolean keeps16Bits() {
    return switch (settings.precision()) {
      case FULL -> false;
      case BASE -> true;
      case AUTO ->
          layers.stream().mapToLong(FusedLayer::elements).sum() > SMALL_BYTES / Float.BYTES;
    };
  }
}
