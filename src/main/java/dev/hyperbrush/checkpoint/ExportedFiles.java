package dev.hyperbrush.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a model is made of that somebody has exported to ONNX: the graphs are run as they are.
 * Configurations were read, no graphs.
 *
 * <p>Immutable.
 *
 * @param origin the folder that it was opened from
 * @param vaeEncoder only pictures that start from pictures need it
 * @param textEncoders the first, and for SDXL the second
 * @param scheduler the noise schedule that the model was trained with
 * @param forceZerosForEmptyPrompt whether an absent negative prompt means embeddings of zeros
 *     rather than those of an empty text
 */
public record ExportedFiles(
    Path origin,
    ModelFamily family,
    Network unet,
    Network vaeDecoder,
    Optional<Network> vaeEncoder,
    List<TextEncoder> textEncoders,
    ModelConfig scheduler,
    boolean forceZerosForEmptyPrompt) {
  public ExportedFiles {
    textEncoders = List.copyOf(textEncoders);
  }

  /**
   * One graph.
   *
   * @param name what it is called in sentences: {@code unet} and so on
   * @param graph the file, not a link; external data lies beside it
   * @param config what its {@code config.json} says; empty where there is none
   * @param bytes of the graph and of the files with its weights
   */
  public record Network(String name, Path graph, ModelConfig config, long bytes) {}

  /**
   * A text encoder and the vocabulary of its tokenizer.
   *
   * @param tokenizer the folder with {@code vocab.json} and {@code merges.txt}
   */
  public record TextEncoder(Network network, Path tokenizer) {}
}
