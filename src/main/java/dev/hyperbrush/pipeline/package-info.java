/** The diffusion loop, the models it can load, and how they are loaded. */
@NullMarked
package dev.hyperbrush.pipeline;

import org.jspecify.annotations.NullMarked;
