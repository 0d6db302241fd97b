package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the small JSON files beside a model's weights. */
final class ModelJson {
  /** The index of a sharded SDXL UNet has 0.2 MB. */
  private static final long MAX_BYTES = 4 << 20;

  // Python writes infinite numbers: "lambda_min_clipped": -Infinity in scheduler_config.json
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /** The object in the file. */
  static JsonNode read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw WeightFileProblem.broken(file, "it has " + size + " bytes, too many for its kind");
      }
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (!json.isObject()) {
        throw WeightFileProblem.broken(file, "it is no JSON object");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw WeightFileProblem.broken(file, "it is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw WeightFileProblem.unreadable(file, e);
    }
  }

  private ModelJson() {}
}
