package dev.hyperbrush.command;

import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The verbs by name. Filled once at the start, then immutable. */
final class VerbList {
  private final Map<String, Verb> byName = new LinkedHashMap<>();

  void add(Verb verb) {
    byName.put(verb.usage().name(), verb);
  }

  List<Verb> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The verb of a name, with or without its slash.
   *
   * @throws Refusal naming the nearest when there is none
   */
  Verb find(String typed) {
    String name = (typed.startsWith("/") ? typed.substring(1) : typed).toLowerCase(Locale.ROOT);
    Verb verb = byName.get(name);
    if (verb == null) {
      String near = Nearest.to(name, byName.keySet()).orElse(HelpCommand.NAME);
      throw new Refusal(ReasonCode.VERB_UNKNOWN, Shown.brief(name), "/" + near);
    }
    return verb;
  }
}
