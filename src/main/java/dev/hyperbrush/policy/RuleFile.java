package dev.hyperbrush.policy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Realm;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules as a JSON file: a list of objects with the fields of {@link RuleFields}. */
public final class RuleFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  public static String write(List<ContentRule> rules) {
    try {
      return JSON.writeValueAsString(rules.stream().map(RuleFields::write).toList());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rules of a file, each of them checked.
   *
   * @throws Refusal when the file is not of that form or one of them cannot be
   */
  public static List<ContentRule> read(Realm realm, String text) {
    JsonNode list = parsed(text);
    if (!list.isArray()) {
      throw broken(1, 1, "a list was expected");
    }
    List<ContentRule> rules = new ArrayList<>();
    for (JsonNode item : list) {
      rules.add(rule(realm, item, rules.size() + 1));
    }
    return rules;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      Optional<JsonLocation> place = Optional.ofNullable(e.getLocation());
      throw broken(
          place.map(JsonLocation::getLineNr).orElse(1),
          place.map(JsonLocation::getColumnNr).orElse(1),
          e.getOriginalMessage());
    }
  }

  private static Refusal broken(int line, int column, String why) {
    return new Refusal(ReasonCode.RULE_FILE_BROKEN, line, column, why);
  }

  private static ContentRule rule(Realm realm, JsonNode item, int number) {
    try {
      ContentRule rule = RuleFields.read(realm, fields(item));
      RuleCheck.check(rule);
      return rule;
    } catch (Refusal e) {
      throw new Refusal(Phrase.of(ReasonCode.RULE_FILE_WRONG, number, e.phrase().english()), e);
    }
  }

  private static Map<String, String> fields(JsonNode item) {
    Map<String, String> fields = new LinkedHashMap<>();
    item.properties()
        .forEach(field -> {
          if (!field.getValue().isTextual()) {
            throw new Refusal(
                ReasonCode.FLAG_VALUE, field.getKey(), field.getValue().toString(), "\"…\"");
          }
          fields.put(field.getKey(), field.getValue().asText());
        });
    return fields;
  }

  private RuleFile() {}
}
