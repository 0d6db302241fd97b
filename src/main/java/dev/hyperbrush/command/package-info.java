/** One class per verb; each declares its options once, and every surface is built from that. */
@NullMarked
package dev.hyperbrush.command;

import org.jspecify.annotations.NullMarked;
