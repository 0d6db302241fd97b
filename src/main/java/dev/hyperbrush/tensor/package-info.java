/** Dense float tensors and PyTorch's random numbers. */
@NullMarked
package dev.hyperbrush.tensor;

import org.jspecify.annotations.NullMarked;
