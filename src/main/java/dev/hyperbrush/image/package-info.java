/** Pictures as files: PNG with its parameters, enlarging. */
@NullMarked
package dev.hyperbrush.image;

import org.jspecify.annotations.NullMarked;
