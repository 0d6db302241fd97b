/**
 * Does a picture show what its prompt says? A renderer of ideal pictures, an oracle that reads
 * pictures, and the tests that ask the built-in model. Nothing here knows its weights.
 */
@NullMarked
package dev.hyperbrush.semantic;

import org.jspecify.annotations.NullMarked;
