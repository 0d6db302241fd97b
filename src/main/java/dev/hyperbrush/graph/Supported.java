package dev.hyperbrush.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.checkpoint.ModelConfig;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses, by key and value, what a config asks for and the graphs do not have: a picture drawn by
 * another network than the one that was trained would be worse than none.
 */
final class Supported {
  /** Bounds any size in a config: no published model comes near. */
  static final int LARGEST = 1 << 20;

  /**
   * Requires one of these values, written as in JSON, or none; a list must hold nothing else. No
   * values: requires absence.
   */
  static void only(ModelConfig config, String key, String... supported) {
    if (!config.has(key)) {
      return;
    }
    JsonNode value = config.json().get(key);
    Stream<JsonNode> given = value.isArray() ? value.valueStream() : Stream.of(value);
    if (!given.map(JsonNode::asText).allMatch(Set.of(supported)::contains)) {
      throw config.refusal(key, supported.length == 0 ? "null" : String.join(" or ", supported));
    }
  }

  /** The value, one of these; the first when it is absent. */
  static String oneOf(ModelConfig config, String key, String... supported) {
    only(config, key, supported);
    return config.text(key, supported[0]);
  }

  /** The names of {@code count} blocks, each one of these. */
  static List<String> blocks(ModelConfig config, String key, int count, String... supported) {
    List<String> names = config.texts(key);
    only(config, key, supported);
    if (names.size() != count) {
      throw config.refusal(key, "a list of " + count + " names, as block_out_channels is");
    }
    return names;
  }

  private Supported() {}
}
