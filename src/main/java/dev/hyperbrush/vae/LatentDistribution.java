package dev.hyperbrush.vae;

import dev.hyperbrush.tensor.Tensor;

/**
 * A diagonal Gaussian over latents.
 *
 * @param mean {@code [batch, 4, height / factor, width / factor]}
 * @param logVariance same shape, clamped to -30..20
 */
public record LatentDistribution(Tensor mean, Tensor logVariance) {}
