package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.scheduler.NoiseSource;
import dev.hyperbrush.scheduler.NoiseSpan;
import dev.hyperbrush.tensor.BrownianTree;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.tensor.TorchRandom;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Noise for a batch in which picture i has a generator of its own, seeded with seed + i: a picture
 * comes out the same alone and in any place of any batch. Owned by one thread.
 */
final class BatchNoise implements NoiseSource {
  private final List<Long> seeds;
  private final List<TorchRandom> generators;

  BatchNoise(Seed seed, int count) {
    seeds = IntStream.range(0, count).mapToObj(i -> seed.plus(i).value()).toList();
    generators = seeds.stream().map(TorchRandom::new).toList();
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

  /** Of each picture's own Brownian path over the noise levels, as in A1111. */
  @Override
  public Tensor along(NoiseSpan span, int... shape) {
    int[] row = shape.clone();
    row[0] = 1;
    Tensor noise =
        Tensor.concat(
            seeds.stream()
                .map(seed ->
                    new BrownianTree(seed, span.lowest(), span.highest())
                        .increment(span.from(), span.to(), row))
                .toArray(Tensor[]::new));
    float deviation = (float) Math.sqrt((double) span.from() - span.to());
    for (int i = 0; i < noise.data().length; i++) {
      noise.data()[i] /= deviation;
    }
    return noise;
  }
}
