package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A textual inversion (arXiv 2208.01618): vectors that take the place of a word's token embeddings.
 * In a file for SDXL they are {@code clip_l} and {@code clip_g}; one for SD 1.5 holds a single
 * tensor, {@code emb_params} as A1111 and kohya's scripts write it or the word itself as diffusers
 * does.
 *
 * <p>Immutable.
 *
 * @param vectors for each text encoder {@code [slots, size]}
 */
public record TextualInversion(Path file, List<Tensor> vectors) {
  private static final String FIRST = "clip_l";
  private static final String SECOND = "clip_g";

  /** What a prompt has room for. */
  private static final int MOST_SLOTS = 75;

  private static final int LARGEST = 4096;

  public TextualInversion {
    vectors = List.copyOf(vectors);
  }

  /**
   * Reads a file whole: it is small.
   *
   * @throws Refusal when it holds something else
   */
  public static TextualInversion open(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    boolean pair = file.find(FIRST).isPresent() && file.find(SECOND).isPresent();
    List<String> names = pair ? List.of(FIRST, SECOND) : List.copyOf(file.names());
    if (!pair && names.size() != 1) {
      throw unknown(path);
    }
    List<Tensor> vectors = names.stream().map(name -> rows(file, name)).toList();
    if (vectors.stream().mapToInt(each -> each.dim(0)).distinct().count() != 1) {
      throw unknown(path);
    }
    return new TextualInversion(path, vectors);
  }

  /** Token slots that it takes in a prompt. */
  public int slots() {
    return vectors.getFirst().dim(0);
  }

  /** Length of a token's embedding in each text encoder that it was made for. */
  public List<Integer> sizes() {
    return vectors.stream().map(each -> each.dim(1)).toList();
  }

  /** What it was made for, as people call it. */
  public String base() {
    return switch (sizes().toString()) {
      case "[768, 1280]" -> "SDXL";
      case "[768]" -> "SD 1.5";
      case "[1024]" -> "SD 2";
      default -> sizes().stream().map(String::valueOf).collect(Collectors.joining(" + "));
    };
  }

  private static Tensor rows(SafetensorsFile file, String name) {
    WeightTensor tensor = file.find(name).orElseThrow(() -> unknown(file.path()));
    List<Long> shape = tensor.shape();
    boolean fits =
        (shape.size() == 1 || (shape.size() == 2 && shape.getFirst() <= MOST_SLOTS))
            && shape.stream().allMatch(length -> length >= 1 && length <= LARGEST);
    if (!fits) {
      throw unknown(file.path());
    }
    Tensor values = tensor.read();
    for (float value : values.data()) {
      if (!Float.isFinite(value)) {
        throw WeightFileProblem.brokenTensor(file.path(), name, "it holds what is no number");
      }
    }
    int size = values.dim(shape.size() - 1);
    return new Tensor(new int[] {values.data().length / size, size}, values.data());
  }

  private static Refusal unknown(Path path) {
    return new Refusal(ReasonCode.EMBEDDING_UNKNOWN, path);
  }
}
