/** The UNet: latents and conditioning to a prediction. */
@NullMarked
package dev.hyperbrush.denoiser;

import org.jspecify.annotations.NullMarked;
