package dev.hyperbrush.denoiser;

import dev.hyperbrush.tensor.Tensor;

/**
 * What SDXL is told beside the prompt's tokens (arXiv 2307.01952, section 2.2), one row per
 * picture.
 *
 * @param pooledPromptEmbeds {@code [batch, projection]}
 * @param timeIds {@code [batch, 6]}: original height and width, crop top and left, target height
 *     and width
 */
public record AddedConditioning(Tensor pooledPromptEmbeds, Tensor timeIds) {}
