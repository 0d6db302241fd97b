package dev.hyperbrush.faketelegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a method was called with: from JSON, a form, multipart or the query string. Remembers what
 * was asked for, so that parameters which no method knows are found. Owned by one thread.
 */
final class Parameters {
  static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> fields = new HashMap<>();
  private final Map<String, Upload> files = new HashMap<>();
  private final Set<String> asked = new HashSet<>(Set.of("method"));

  static Parameters read(String contentType, byte[] body, String query) {
    Parameters parameters = new Parameters();
    parameters.form(query);
    String type = contentType.toLowerCase(Locale.ROOT);
    if (type.startsWith("application/json")) {
      parameters.json(body);
    } else if (type.startsWith("multipart/form-data")) {
      Multipart.read(contentType, body, parameters.fields, parameters.files);
    } else if (type.startsWith("application/x-www-form-urlencoded")) {
      parameters.form(new String(body, UTF_8));
    } else if (body.length > 0) {
      throw Refusal.mistake("unsupported content type " + contentType);
    }
    return parameters;
  }

  private void form(String text) {
    for (String pair : text.split("&", -1)) {
      int is = pair.indexOf('=');
      if (is > 0) {
        fields.put(decoded(pair.substring(0, is)), decoded(pair.substring(is + 1)));
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  private void json(byte[] body) {
    JsonNode object = parse("body", new String(body, UTF_8));
    if (!object.isObject()) {
      throw Refusal.mistake("body is not a JSON object");
    }
    object
        .properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          if (!value.isNull()) {
            fields.put(entry.getKey(), value.isTextual() ? value.asText() : value.toString());
          }
        });
  }

  private static JsonNode parse(String name, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw Refusal.mistake("can't parse " + name + ": " + e.getOriginalMessage());
    }
  }

  Optional<String> text(String name) {
    asked.add(name);
    return Optional.ofNullable(fields.get(name));
  }

  String required(String name) {
    return text(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> Refusal.mistake("parameter \"" + name + "\" is required"));
  }

  Optional<Long> number(String name) {
    return text(name).map(value -> number(name, value));
  }

  static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw Refusal.mistake("parameter \"" + name + "\" is not a number: " + value);
    }
  }

  boolean flag(String name) {
    String value = text(name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw Refusal.mistake("parameter \"" + name + "\" is not true or false: " + value);
    }
    return value.equals("true");
  }

  Optional<JsonNode> json(String name) {
    return text(name).map(value -> parse(name, value));
  }

  /** A file under the name of a part. */
  Optional<Upload> file(String part) {
    asked.add(part);
    return Optional.ofNullable(files.get(part));
  }

  /** Parameters that exist and change nothing here. */
  void known(String... names) {
    asked.addAll(Set.of(names));
  }

  /** What was sent and no method knows. */
  Set<String> unknown() {
    Set<String> unknown = new TreeSet<>(fields.keySet());
    unknown.addAll(files.keySet());
    unknown.removeAll(asked);
    return unknown;
  }

  /** As text, for a test that looks at calls; uploads by their size. */
  Map<String, String> all() {
    Map<String, String> all = new HashMap<>(fields);
    files.forEach((name, file) -> all.put(name, file.bytes().length + " bytes"));
    return Map.copyOf(all);
  }
}
