/** Weight files: safetensors, diffusers folders, LoRA files. */
@NullMarked
package dev.hyperbrush.checkpoint;

import org.jspecify.annotations.NullMarked;
