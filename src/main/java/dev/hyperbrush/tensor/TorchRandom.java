package dev.hyperbrush.tensor;

/**
 * The normal noise of PyTorch's CPU generator, bit for bit as its x86 builds with AVX2 draw it, so
 * that a seed known from diffusers draws the same picture here.
 *
 * <p>Owned by one thread: every draw advances the generator.
 */
public final class TorchRandom {
  /** From this size on, PyTorch fills a tensor by vector kernels, sixteen values at once. */
  private static final int BLOCK = 16;

  private static final int HALF = BLOCK / 2;
  private static final float TWO_PI = (float) (2 * Math.PI);

  private final MersenneTwister words;

  // The second value of a Box-Muller pair drawn for a small tensor, kept for the next small tensor.
  private double spare = Double.NaN;

  public TorchRandom(long seed) {
    words = new MersenneTwister(seed);
  }

  /** Standard normal float32 values, what {@code torch.randn(shape, generator=...)} gives. */
  public Tensor randn(int... shape) {
    Tensor noise = Tensor.zeros(shape.clone());
    if (noise.data().length < BLOCK) {
      drawOneByOne(noise.data());
    } else {
      drawInBlocks(noise.data());
    }
    return noise;
  }

  private void drawOneByOne(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) nextNormal();
    }
  }

  private double nextNormal() {
    if (!Double.isNaN(spare)) {
      double normal = spare;
      spare = Double.NaN;
      return normal;
    }
    double angle = 2 * Math.PI * words.nextDouble();
    double radius = Math.sqrt(-2 * Math.log1p(-words.nextDouble()));
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  private void drawInBlocks(float[] values) {
    fillUniform(values, 0);
    for (int at = 0; at + BLOCK <= values.length; at += BLOCK) {
      uniformToNormal(values, at);
    }
    if (values.length % BLOCK != 0) {
      // PyTorch draws the last sixteen anew, over the end of the last whole block.
      int last = values.length - BLOCK;
      fillUniform(values, last);
      uniformToNormal(values, last);
    }
  }

  private void fillUniform(float[] values, int from) {
    for (int i = from; i < values.length; i++) {
      values[i] = words.nextFloat();
    }
  }

  /** Box-Muller on sixteen uniform values: the first half are radii, the second half angles. */
  private static void uniformToNormal(float[] values, int at) {
    for (int i = at; i < at + HALF; i++) {
      float radius = (float) Math.sqrt(-2 * CephesMath.ln(1 - values[i]));
      float angle = TWO_PI * values[i + HALF];
      values[i] = radius * CephesMath.cos(angle);
      values[i + HALF] = radius * CephesMath.sin(angle);
    }
  }
}
