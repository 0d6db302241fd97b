package dev.hyperbrush.image;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.LoraWeight;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the settings of a picture as the AUTOMATIC1111 web UI does, so that other tools can read
 * them out of the file: the prompt, a line {@code Negative prompt:}, and a line of {@code Key:
 * value} pairs (modules/infotext_utils.py there).
 *
 * <p>Immutable.
 */
public final class A1111Parameters {
  private final String version;

  /**
   * For one version of the program.
   *
   * @param version of this program, for example {@code 0.1.0}
   */
  public A1111Parameters(String version) {
    this.version = version;
  }

  /**
   * The settings of one picture of a request.
   *
   * @param index of the picture, 0 to count - 1
   * @param enlarge the factor by which the picture was enlarged after drawing, 1 for not at all
   */
  public String write(GenerationRequest request, int index, int enlarge) {
    StringBuilder text = new StringBuilder(request.prompt());
    request.loras().forEach(lora -> text.append(' ').append(tag(lora)));
    if (!request.negativePrompt().isBlank()) {
      text.append("\nNegative prompt: ").append(request.negativePrompt());
    }
    return text.append('\n').append(settings(request, index, enlarge)).toString();
  }

  private String settings(GenerationRequest request, int index, int enlarge) {
    List<String> pairs = new ArrayList<>();
    add(pairs, "Steps", request.steps());
    add(pairs, "Sampler", request.scheduler());
    // Where 0 means no guidance here, A1111 would ignore the prompt; its word for none is 1.
    add(pairs, "CFG scale", plain(request.guided() ? request.guidanceScale() : 1));
    add(pairs, "Seed", request.seed().plus(index).value());
    add(pairs, "Size", request.size());
    add(pairs, "Model", request.model());
    if (request.eta() > 0) {
      add(pairs, "Eta", plain(request.eta()));
    }
    if (request.clipSkip() > 0) {
      add(pairs, "Clip skip", request.clipSkip() + 1);
    }
    if (request.draft()) {
      add(pairs, "Draft", "True");
    }
    add(pairs, "RNG", "CPU");
    if (enlarge > 1) {
      add(pairs, "Postprocess upscale by", enlarge);
      add(pairs, "Postprocess upscaler", "Lanczos");
    }
    add(pairs, "Version", "Hyperbrush " + version);
    return pairs.stream().collect(Collectors.joining(", "));
  }

  private static void add(List<String> pairs, String key, Object value) {
    pairs.add(key + ": " + quote(value.toString()));
  }

  /**
   * A value with a comma, a colon or a line end becomes a JSON string, any other stays as it is.
   */
  static String quote(String value) {
    if (value.chars().noneMatch(c -> c == ',' || c == ':' || c == '\n')) {
      return value;
    }
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }

  private static String tag(LoraWeight lora) {
    return "<lora:" + lora.name() + ":" + plain(lora.weight()) + ">";
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
