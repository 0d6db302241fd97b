/** The autoencoder: latents to pixels and back. */
@NullMarked
package dev.hyperbrush.vae;

import org.jspecify.annotations.NullMarked;
