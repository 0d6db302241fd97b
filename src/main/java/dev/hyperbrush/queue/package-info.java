/** The durable queue and the worker that empties it. */
@NullMarked
package dev.hyperbrush.queue;

import org.jspecify.annotations.NullMarked;
