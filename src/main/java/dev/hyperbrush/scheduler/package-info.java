/** Noise schedulers: one published algorithm per class, pure arithmetic. */
@NullMarked
package dev.hyperbrush.scheduler;

import org.jspecify.annotations.NullMarked;
