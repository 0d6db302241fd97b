package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A {@code config.json} of a model. Values are read with the bounds that the reader can bear, so
 * that a broken file is refused by key, value and file before anything is allocated by it. {@code
 * null} counts as absent, as in diffusers.
 *
 * <p>Immutable, as long as nobody changes the JSON.
 */
public record ModelConfig(Path file, JsonNode json) {
  public static ModelConfig read(Path file) {
    return new ModelConfig(file, ModelJson.read(file));
  }

  public boolean has(String key) {
    return json.hasNonNull(key);
  }

  /** A whole number that must be there. */
  public int integer(String key, int min, int max) {
    return integer(key, required(key), min, max);
  }

  public int integer(String key, int absent, int min, int max) {
    return has(key) ? integer(key, min, max) : absent;
  }

  /** A list of whole numbers that must be there. */
  public List<Integer> integers(String key, int min, int max) {
    return list(key, item -> integer(key, item, min, max));
  }

  /**
   * One number for each of {@code count} blocks; a single number in the file counts for all of
   * them.
   */
  public List<Integer> integers(String key, int count, int absent, int min, int max) {
    if (!json.path(key).isArray()) {
      return Collections.nCopies(count, integer(key, absent, min, max));
    }
    List<Integer> numbers = integers(key, min, max);
    check(key, json.path(key), "a list of " + count + " numbers", numbers.size() == count);
    return numbers;
  }

  public double number(String key, double absent, double min, double max) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = json.get(key);
    double number = value.asDouble();
    check(
        key,
        value,
        "a number from " + min + " to " + max,
        value.isNumber() && number >= min && number <= max);
    return number;
  }

  public boolean flag(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = json.get(key);
    check(key, value, "true or false", value.isBoolean());
    return value.booleanValue();
  }

  public String text(String key, String absent) {
    return has(key) ? text(key, json.get(key)) : absent;
  }

  /** A list of words that must be there. */
  public List<String> texts(String key) {
    return list(key, item -> text(key, item));
  }

  /** The refusal for a value that can be read, but not be used. */
  public Refusal refusal(String key, String accepted) {
    return refusal(key, json.path(key), accepted);
  }

  private int integer(String key, JsonNode value, int min, int max) {
    boolean fine =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && value.intValue() >= min
            && value.intValue() <= max;
    check(key, value, "a whole number from " + min + " to " + max, fine);
    return value.intValue();
  }

  private String text(String key, JsonNode value) {
    check(key, value, "a word", value.isTextual());
    return value.textValue();
  }

  private <T> List<T> list(String key, Function<JsonNode, T> item) {
    JsonNode value = required(key);
    check(key, value, "a list that is not empty", value.isArray() && !value.isEmpty());
    List<T> items = new ArrayList<>();
    value.forEach(element -> items.add(item.apply(element)));
    return List.copyOf(items);
  }

  private JsonNode required(String key) {
    if (!has(key)) {
      throw new Refusal(ReasonCode.CONFIG_VALUE_MISSING, key, file);
    }
    return json.get(key);
  }

  private void check(String key, JsonNode value, String accepted, boolean fine) {
    if (!fine) {
      throw refusal(key, value, accepted);
    }
  }

  private Refusal refusal(String key, JsonNode value, String accepted) {
    String brief = Shown.brief(value.toString());
    return new Refusal(ReasonCode.CONFIG_VALUE_BAD, key, brief, file, accepted);
  }
}
