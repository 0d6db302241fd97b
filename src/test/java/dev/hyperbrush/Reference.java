package dev.hyperbrush;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder of golden data that tests compare with: what PyTorch, diffusers and transformers
 * computed. {@code -Dhyperbrush.reference=DIR} names another folder of the same format.
 */
public final class Reference {
  // Python wrote it: "lambda_min_clipped": -Infinity
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final Path SMALL_COPY = Path.of("src", "test", "resources", "reference");

  public static Path folder() {
    String chosen = System.getProperty("hyperbrush.reference", "");
    return chosen.isEmpty() ? SMALL_COPY : Path.of(chosen);
  }

  /** A file or folder in it, which must be there. */
  public static Path path(String name) {
    Path path = folder().resolve(name);
    if (!Files.exists(path)) {
      throw new IllegalStateException("the reference folder has no " + path);
    }
    return path;
  }

  /** A file or folder that only the committed copy has: the tiny SD 1.5 and what belongs to it. */
  public static Path committed(String name) {
    return SMALL_COPY.resolve(name);
  }

  /** A file or folder in it; the test is skipped, and says so, where it is absent. */
  public static Path optional(String name, String why) {
    Path path = folder().resolve(name);
    assumeTrue(Files.exists(path), "skipped: " + path + " is absent (" + why + ")");
    return path;
  }

  public static JsonNode json(String name) throws IOException {
    return json(path(name));
  }

  public static JsonNode json(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  /** All tensors of a safetensors file in it, whole numbers and 16-bit floats as floats. */
  public static Map<String, Tensor> tensors(String name) {
    return tensors(path(name));
  }

  public static Map<String, Tensor> tensors(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    return file.names().stream().collect(toMap(identity(), file::read));
  }

  private Reference() {}
}
