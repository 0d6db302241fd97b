package dev.hyperbrush.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** Texts by name, as JSON in a column. */
public final class TextMap {
  public static String write(Map<String, String> texts) {
    return Json.write(texts);
  }

  /** In the order written; what is no text is passed over. */
  public static Map<String, String> read(String json) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<?, ?> read = Json.read(json, Map.class);
    read.forEach((name, value) -> {
      if (name instanceof String key && value instanceof String text) {
        texts.put(key, text);
      }
    });
    return texts;
  }

  private TextMap() {}
}
