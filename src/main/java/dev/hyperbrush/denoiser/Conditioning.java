package dev.hyperbrush.denoiser;

import dev.hyperbrush.tensor.Tensor;

/**
 * What steers the denoiser, one row per picture.
 *
 * @param promptEmbeds {@code [batch, tokens, crossAttention]}
 * @param pooledPromptEmbeds {@code [batch, projection]}
 * @param timeIds {@code [batch, 6]}: original height and width, crop top and left, target height
 *     and width (SDXL, arXiv 2307.01952, section 2.2)
 */
public record Conditioning(Tensor promptEmbeds, Tensor pooledPromptEmbeds, Tensor timeIds) {}
