package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.scheduler.NoiseSource;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.tensor.TorchRandom;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Noise for a batch in which picture i has a generator of its own, seeded with seed + i: a picture
 * comes out the same alone and in any place of any batch. Owned by one thread.
 */
final class BatchNoise implements NoiseSource {
  private final List<TorchRandom> generators;

  BatchNoise(Seed seed, int count) {
    generators =
        IntStream.range(0, count).mapToObj(i -> new TorchRandom(seed.plus(i).value())).toList();
  }

  /**
   * {@inheritDoc}
   *
   * @param shape its first dimension is the batch
   */
  @Override
  public Tensor next(int... shape) {
    int[] row = shape.clone();
    row[0] = 1;
    return Tensor.concat(
        generators.stream().map(generator -> generator.randn(row)).toArray(Tensor[]::new));
  }
}
