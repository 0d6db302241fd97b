package dev.hyperbrush.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model is made of, in whichever layout and files its parts lie. Configurations and headers
 * were read, no weights.
 *
 * <p>Immutable.
 *
 * @param origin the folder or file that it was opened from, for messages
 * @param textEncoders the first, and for SDXL the second
 * @param scheduler the noise schedule that the model was trained with
 * @param forceZerosForEmptyPrompt whether an absent negative prompt means embeddings of zeros
 *     rather than those of an empty text
 */
public record ModelFiles(
    Path origin,
    ModelFamily family,
    Component unet,
    Component vae,
    List<TextEncoderFiles> textEncoders,
    ModelConfig scheduler,
    boolean forceZerosForEmptyPrompt) {
  public ModelFiles {
    textEncoders = List.copyOf(textEncoders);
  }

  /**
   * A text encoder and the vocabulary of its tokenizer.
   *
   * @param tokenizer the folder with {@code vocab.json} and {@code merges.txt}
   * @param padding the token up to the full length, where that is not as the folder says
   */
  public record TextEncoderFiles(Component component, Path tokenizer, Optional<String> padding) {
    public TextEncoderFiles(Component component, Path tokenizer) {
      this(component, tokenizer, Optional.empty());
    }
  }

  /** The same model with another UNet. */
  ModelFiles withUnet(Component other) {
    return new ModelFiles(
        origin, family, other, vae, textEncoders, scheduler, forceZerosForEmptyPrompt);
  }

  /** The same model with another VAE. */
  ModelFiles withVae(Component other) {
    return new ModelFiles(
        origin, family, unet, other, textEncoders, scheduler, forceZerosForEmptyPrompt);
  }

  /** The weights that LoRAs can change: of the UNet and of the text encoders. */
  public List<Weights> adaptable() {
    return Stream.concat(Stream.of(unet), textEncoders.stream().map(TextEncoderFiles::component))
        .map(Component::weights)
        .toList();
  }
}
