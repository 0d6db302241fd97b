package dev.hyperbrush.checkpoint;

import java.nio.file.Path;

/** One neural network of a model: its configuration and its weights. Immutable. */
public record Component(ModelConfig config, Weights weights) {
  /**
   * Opens a component's folder; reads the header of its weights only.
   *
   * @param name what it is called in sentences: {@code unet}, {@code text_encoder} and so on
   * @param folder with {@code config.json} and weights, in diffusers layout
   */
  public static Component open(String name, Path folder) {
    ModelConfig config = ModelConfig.read(folder.resolve("config.json"));
    return new Component(config, Weights.open(name, folder));
  }

  /** The same network with other weights. */
  public Component withWeights(Weights other) {
    return new Component(config, other);
  }
}
