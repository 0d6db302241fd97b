package dev.hyperbrush.synthetic;

import dev.hyperbrush.synthetic.Slot.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the tensors of one network, in both layouts. Owned by one thread. */
final class TensorSheet {
  private final List<Stored> folder = new ArrayList<>();
  private final List<Stored> single = new ArrayList<>();

  /** As a file of diffusers has them. */
  List<Stored> folder() {
    return folder;
  }

  /** As a file of the original layout has them. */
  List<Stored> single() {
    return single;
  }

  void linear(Place at, int in, int out) {
    weight(at.in("weight"), out, in);
    shift(at.in("bias"), out);
  }

  void linearWithoutBias(Place at, int in, int out) {
    weight(at.in("weight"), out, in);
  }

  void conv(Place at, int in, int out, int kernel) {
    weight(at.in("weight"), out, in, kernel, kernel);
    shift(at.in("bias"), out);
  }

  /** Linear for diffusers, a convolution of size 1 in the original. */
  void linearOrConv(Place at, int channels) {
    Slot slot = inFolder(at.in("weight").folder(), Kind.WEIGHT, channels, channels);
    single.add(
        new Stored(
            at.in("weight").single(), List.of(channels, channels, 1, 1), List.of(slot), false));
    shift(at.in("bias"), channels);
  }

  void norm(Place at, int channels) {
    add(at.in("weight"), Kind.SCALE, channels);
    shift(at.in("bias"), channels);
  }

  void weight(Place at, int... shape) {
    add(at, Kind.WEIGHT, shape);
  }

  void shift(Place at, int... shape) {
    add(at, Kind.SHIFT, shape);
  }

  private void add(Place at, Kind kind, int... shape) {
    single.add(Stored.of(at.single(), inFolder(at.folder(), kind, shape)));
  }

  Slot inFolder(String name, Kind kind, int... shape) {
    Slot slot = new Slot(name, ints(shape), kind);
    folder.add(Stored.of(name, slot));
    return slot;
  }

  void inSingle(Stored stored) {
    single.add(stored);
  }

  static List<Integer> ints(int... shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
