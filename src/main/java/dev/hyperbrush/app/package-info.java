/** {@code Main} and its subcommands, and the wiring of all parts. */
@NullMarked
package dev.hyperbrush.app;

import org.jspecify.annotations.NullMarked;
