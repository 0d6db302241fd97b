package dev.hyperbrush.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the files of a tokenizer folder; what is wrong in one is refused with its name. */
final class TokenizerFiles {
  /** CLIP's own vocabulary has 1 MB. */
  private static final long MAX_BYTES = 32 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** {@code vocab.json}: the id of every symbol. */
  static Map<String, Integer> vocabulary(Path file) {
    Map<String, Integer> ids = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(file).properties()) {
      ids.put(entry.getKey(), id(entry.getValue(), entry.getKey(), file));
    }
    return ids;
  }

  /**
   * {@code merges.txt}: a pair of symbols in each line, the pair learnt first in the first line.
   */
  static Map<Long, Vocabulary.Merge> merges(Path file, Map<String, Integer> ids) {
    Map<Long, Vocabulary.Merge> merges = new HashMap<>();
    int number = 0;
    for (String line : text(file).lines().toList()) {
      number++;
      if (line.startsWith("#version") || line.isBlank()) {
        continue;
      }
      List<String> pair = List.of(line.split(" ", -1));
      if (pair.size() != 2) {
        throw broken(file, "line " + number + " is no pair of symbols");
      }
      int left = known(pair.get(0), ids, file, number);
      int right = known(pair.get(1), ids, file, number);
      int joined = known(pair.get(0) + pair.get(1), ids, file, number);
      merges.putIfAbsent(Vocabulary.pair(left, right), new Vocabulary.Merge(number, joined));
    }
    return merges;
  }

  /** The object in a settings file, an empty one where there is no such file. */
  static JsonNode settings(Path file) {
    return Files.exists(file) ? object(file) : JSON.createObjectNode();
  }

  static int id(JsonNode value, String symbol, Path file) {
    if (!value.isInt() || value.intValue() < 0) {
      throw broken(
          file, "the id of '" + Shown.brief(symbol) + "' is " + Shown.brief(value.toString()));
    }
    return value.intValue();
  }

  static Refusal broken(Path file, String problem) {
    return new Refusal(ReasonCode.TOKENIZER_BROKEN, file, problem);
  }

  private static int known(String symbol, Map<String, Integer> ids, Path file, int line) {
    Integer id = ids.get(symbol);
    if (id == null) {
      throw broken(
          file, "line " + line + " needs '" + Shown.brief(symbol) + "', which vocab.json lacks");
    }
    return id;
  }

  private static JsonNode object(Path file) {
    try {
      JsonNode json = JSON.readTree(text(file));
      if (!json.isObject()) {
        throw broken(file, "it is no JSON object");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw broken(file, "it is no JSON: " + e.getOriginalMessage());
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw broken(file, "it has " + Files.size(file) + " bytes, too many for its kind");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw broken(file, "it is no UTF-8 text");
    } catch (NoSuchFileException e) {
      throw new Refusal(Phrase.of(ReasonCode.TOKENIZER_MISSING, file), e);
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.TOKENIZER_UNREADABLE, file, IoReason.of(e)), e);
    }
  }

  private TokenizerFiles() {}
}
