package dev.hyperbrush.graph;

/** What flows along an edge of the graph: an input, a weight, a constant, the output of a node. */
record Value(String name) {
  /** In the place of an optional input that is left out. */
  static final Value NONE = new Value("");
}
