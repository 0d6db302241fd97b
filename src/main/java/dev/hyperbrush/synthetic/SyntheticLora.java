package dev.hyperbrush.synthetic;

import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.synthetic.Slot.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A LoRA of random numbers over all linear layers and convolutions of a UNet, in 32 bits and under
 * kohya's names: at rank 64 over SDXL it has the size of the published Hyper-SDXL ones.
 *
 * <p>Immutable.
 */
final class SyntheticLora {
  private SyntheticLora() {}

  static List<Stored> tensors(TensorSheet unet, int rank) {
    List<Stored> tensors = new ArrayList<>();
    unet.folder().stream()
        .flatMap(tensor -> tensor.slots().stream())
        .filter(slot -> slot.kind() == Kind.WEIGHT)
        .forEach(slot -> {
          String module =
              "lora_unet_" + slot.name().replaceFirst("\\.weight$", "").replace('.', '_');
          tensors.add(stored(module + ".lora_down.weight", down(slot, rank), Kind.WEIGHT));
          tensors.add(stored(module + ".lora_up.weight", up(slot, rank), Kind.SHIFT));
        });
    return tensors;
  }

  private static List<Integer> down(Slot slot, int rank) {
    return Stream.concat(Stream.of(rank), slot.shape().stream().skip(1)).toList();
  }

  private static List<Integer> up(Slot slot, int rank) {
    int out = slot.shape().getFirst();
    return slot.shape().size() == 2 ? List.of(out, rank) : List.of(out, rank, 1, 1);
  }

  private static Stored stored(String name, List<Integer> shape, Kind kind) {
    return new Stored(name, shape, List.of(new Slot(name, shape, kind)), false, DType.F32);
  }
}
