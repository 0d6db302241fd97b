package dev.hyperbrush.graph;

/**
 * How a number becomes waves.
 *
 * @param cosineFirst or sine first
 * @param shift what the count of frequencies is lessened by, for their spacing
 */
record SinusoidConfig(boolean cosineFirst, float shift) {}
