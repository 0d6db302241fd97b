/** CLIP text encoders: token ids to hidden states. */
@NullMarked
package dev.hyperbrush.textencoder;

import org.jspecify.annotations.NullMarked;
