/** What an operator sets: read once, validated with file and line, immutable. */
@NullMarked
package dev.hyperbrush.config;

import org.jspecify.annotations.NullMarked;
