/** Whose defaults, which limits: what a command may ask for and what it means here. */
@NullMarked
package dev.hyperbrush.policy;

import org.jspecify.annotations.NullMarked;
