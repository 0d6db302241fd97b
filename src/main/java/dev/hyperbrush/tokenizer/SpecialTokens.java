package dev.hyperbrush.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.generation.Shown;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that are no words: they are cut out of a prompt as they stand, and some frame it.
 *
 * <p>Immutable.
 *
 * @param ids of all of them, by their normalised text
 * @param start id in front of every prompt
 * @param end id behind it
 * @param padding id up to the full length
 * @param unknown id of what is no symbol
 */
record SpecialTokens(Map<String, Integer> ids, int start, int end, int padding, int unknown) {
  SpecialTokens {
    ids = Map.copyOf(ids);
  }

  /**
   * As {@code special_tokens_map.json} says, else {@code tokenizer_config.json}, else as CLIP has
   * it.
   *
   * @param padding wins over both files
   */
  static SpecialTokens read(
      Path folder, Map<String, Integer> vocabulary, Optional<String> padding) {
    return new Reader(folder, vocabulary).read(padding);
  }

  private static final class Reader {
    private static final String END = "<|endoftext|>";

    private final Path configFile;
    private final JsonNode config;
    private final JsonNode map;
    private final Map<String, Integer> known;
    private final Map<String, Integer> ids = new HashMap<>();

    Reader(Path folder, Map<String, Integer> vocabulary) {
      configFile = folder.resolve("tokenizer_config.json");
      config = TokenizerFiles.settings(configFile);
      map = TokenizerFiles.settings(folder.resolve("special_tokens_map.json"));
      known = new HashMap<>(vocabulary);
    }

    SpecialTokens read(Optional<String> padding) {
      for (Map.Entry<String, JsonNode> added : config.path("added_tokens_decoder").properties()) {
        addToken(added.getKey(), added.getValue().path("content").asText());
      }
      int start = special("bos_token", "<|startoftext|>");
      int end = special("eos_token", END);
      int pad = padding.map(this::remember).orElseGet(() -> special("pad_token", END));
      return new SpecialTokens(ids, start, end, pad, special("unk_token", END));
    }

    private void addToken(String id, String content) {
      if (!id.matches("[0-9]{1,9}")) {
        throw TokenizerFiles.broken(
            configFile, "the id of '" + Shown.brief(content) + "' is '" + Shown.brief(id) + "'");
      }
      known.putIfAbsent(content, Integer.parseInt(id));
      remember(content);
    }

    private int special(String role, String standard) {
      String content = content(map.path(role), content(config.path(role), standard));
      return remember(content);
    }

    /** A token is written as a string or as an object with flags. */
    private static String content(JsonNode token, String otherwise) {
      return token.isObject() ? token.path("content").asText(otherwise) : token.asText(otherwise);
    }

    private int remember(String content) {
      Integer id = known.get(content);
      if (content.isEmpty() || id == null) {
        throw TokenizerFiles.broken(
            configFile, "vocab.json lacks the special token '" + Shown.brief(content) + "'");
      }
      ids.put(new PromptText(content).normalised(), id);
      return id;
    }
  }
}
