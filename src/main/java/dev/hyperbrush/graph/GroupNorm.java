package dev.hyperbrush.graph;

/** Settings of a group normalization. */
record GroupNorm(int groups, float epsilon) {}
