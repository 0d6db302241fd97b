package dev.hyperbrush.command;

import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The verbs by name. Filled once at the start, then immutable. */
final class VerbList {
  private static final Pattern FIRST_WORD = Pattern.compile("\\s*(\\S+)(.*)", Pattern.DOTALL);

  private final Map<String, Verb> byName = new LinkedHashMap<>();

  /**
   * A verb as it was used.
   *
   * @param text what is left behind its name
   */
  record Found(Verb verb, String text) {}

  void add(Verb verb) {
    byName.put(verb.usage().name(), verb);
  }

  List<Verb> all() {
    return List.copyOf(byName.values());
  }

  /** Whether there is a verb of exactly this name. */
  boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The verbs of two words that begin with {@code first}. */
  List<Verb> beginningWith(String first) {
    return byName.entrySet().stream()
        .filter(verb -> verb.getKey().startsWith(first + " "))
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * The verb that somebody used, whose second word may be the first of the text.
   *
   * @throws Refusal naming the nearest, or the second words there are, when there is none
   */
  Found find(String typed, String text) {
    String name = normal(typed);
    Matcher words = FIRST_WORD.matcher(text);
    if (words.matches()) {
      Verb verb = byName.get(name + " " + words.group(1).toLowerCase(Locale.ROOT));
      if (verb != null) {
        return new Found(verb, words.group(2));
      }
    }
    return new Found(find(name), text);
  }

  /**
   * The verb of a whole name, with or without its slash.
   *
   * @throws Refusal naming the nearest when there is none
   */
  Verb find(String typed) {
    String name = normal(typed);
    return Optional.ofNullable(byName.get(name)).orElseThrow(() -> unknown(name));
  }

  private Refusal unknown(String name) {
    List<String> longer =
        beginningWith(name).stream().map(verb -> "/" + verb.usage().name()).toList();
    String near =
        longer.isEmpty()
            ? "/" + Nearest.to(name, byName.keySet()).orElse(HelpCommand.NAME)
            : String.join(", ", longer);
    return new Refusal(ReasonCode.VERB_UNKNOWN, Shown.brief(name), near);
  }

  private static String normal(String typed) {
    String name = typed.strip().toLowerCase(Locale.ROOT);
    return name.startsWith("/") ? name.substring(1) : name;
  }
}
