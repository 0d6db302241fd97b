package dev.hyperbrush.semantic;

import java.awt.Rectangle;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.function.IntPredicate;

/** A set of pixels of a picture, pixel (x, y) at {@code y * width + x}. Immutable. */
record Mask(int width, int height, BitSet pixels) {
  static Mask of(int width, int height, IntPredicate member) {
    BitSet pixels = new BitSet(width * height);
    for (int i = 0; i < width * height; i++) {
      pixels.set(i, member.test(i));
    }
    return new Mask(width, height, pixels);
  }

  boolean has(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height && pixels.get(y * width + x);
  }

  int area() {
    return pixels.cardinality();
  }

  /** Without specks and hairs: a pixel stays, or comes, with {@code needed} of its 3x3. */
  Mask smoothed(int needed) {
    return of(width, height, i -> neighbours(i % width, i / width) >= needed);
  }

  private int neighbours(int x, int y) {
    int count = 0;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        count += has(x + dx, y + dy) ? 1 : 0;
      }
    }
    return count;
  }

  /** The largest set of pixels that touch each other by their sides. */
  Mask largestPart() {
    BitSet left = (BitSet) pixels.clone();
    BitSet largest = new BitSet();
    while (!left.isEmpty()) {
      BitSet part = takePart(left);
      largest = part.cardinality() > largest.cardinality() ? part : largest;
    }
    return new Mask(width, height, largest);
  }

  private BitSet takePart(BitSet left) {
    BitSet part = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(left.nextSetBit(0));
    while (!open.isEmpty()) {
      int i = open.remove();
      if (!left.get(i)) {
        continue;
      }
      left.clear(i);
      part.set(i);
      if (i % width > 0) {
        open.add(i - 1);
      }
      if (i % width < width - 1) {
        open.add(i + 1);
      }
      if (i >= width) {
        open.add(i - width);
      }
      if (i < width * (height - 1)) {
        open.add(i + width);
      }
    }
    return part;
  }

  /** The smallest rectangle around all pixels. */
  Rectangle bounds() {
    Rectangle bounds = new Rectangle(-1, -1);
    pixels.stream().forEach(i -> bounds.add(new Rectangle(i % width, i / width, 1, 1)));
    return bounds;
  }
}
