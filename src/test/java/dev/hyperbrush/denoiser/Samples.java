package dev.hyperbrush.denoiser;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.util.Optional;
import java.util.Random;

/** Random input for any UNet. */
final class Samples {
  static final int TOKENS = 5;

  private final int promptSize;
  private final int pooledSize;
  private final Random random = new Random(1);

  /** Of the right sizes for this UNet. */
  Samples(Component unet) {
    promptSize = unet.config().integer("cross_attention_dim", 1, 4096);
    pooledSize =
        unet.config().integer("projection_class_embeddings_input_dim", 1, 4096)
            - 6 * unet.config().integer("addition_time_embed_dim", 1, 4096);
  }

  Tensor normal(int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  Conditioning conditioning(int batch) {
    return new Conditioning(
        normal(batch, TOKENS, promptSize),
        Optional.of(new AddedConditioning(normal(batch, pooledSize), normal(batch, 6))));
  }

  /** What a UNet predicts for the first random sample of its size. */
  static Tensor predict(Component unet, int batch, int height, int width) {
    Samples samples = new Samples(unet);
    Tensor sample = samples.normal(batch, 4, height, width);
    try (OnnxDenoiser denoiser = OnnxDenoiser.load(unet, OnnxSettings.cpu())) {
      Conditioning conditioning = samples.conditioning(batch);
      return denoiser.predict(sample, 500, conditioning, Cancellation.none());
    }
  }
}
