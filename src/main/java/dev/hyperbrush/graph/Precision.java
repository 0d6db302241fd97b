package dev.hyperbrush.graph;

/** What a graph computes in, whichever types its weights have in their files. */
public enum Precision {
  /** 32-bit floats. */
  FLOAT(ElementType.FLOAT),

  /** 16-bit floats, half the memory and a multiple of the speed on a card; largest is 65504. */
  HALF(ElementType.FLOAT16);

  private final ElementType type;

  Precision(ElementType type) {
    this.type = type;
  }

  ElementType type() {
    return type;
  }
}
