/**
 * The domain: what is asked for, what comes back, and how it can be refused. No library imports.
 */
@NullMarked
package dev.hyperbrush.generation;

import org.jspecify.annotations.NullMarked;
