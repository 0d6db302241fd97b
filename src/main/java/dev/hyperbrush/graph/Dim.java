package dev.hyperbrush.graph;

/**
 * One axis of an input or output.
 *
 * @param name of an axis that may have any length; empty for a fixed one
 */
record Dim(String name, long length) {
  static final Dim BATCH = any("batch");
  static final Dim HEIGHT = any("height");
  static final Dim WIDTH = any("width");

  static Dim any(String name) {
    return new Dim(name, 0);
  }

  static Dim of(long length) {
    return new Dim("", length);
  }
}
