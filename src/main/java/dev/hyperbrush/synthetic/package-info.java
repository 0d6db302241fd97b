/** Writes models of random numbers, to measure size and speed with. */
@NullMarked
package dev.hyperbrush.synthetic;

import org.jspecify.annotations.NullMarked;
