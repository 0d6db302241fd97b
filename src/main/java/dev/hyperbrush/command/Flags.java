package dev.hyperbrush.command;

import dev.hyperbrush.command.Words.Word;
import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells the flags of a verb from words. Immutable.
 *
 * <p>A word is a flag when dashes begin it and a name follows at once:
 *
 * <ul>
 *   <li>Two or more dashes with a hyphen among them, and any name: {@code --steps}, {@code
 *       —-steps}. A name nobody declared is refused, never taken as text.
 *   <li>A single dash of any kind, or em dashes, and a declared name: {@code -s}, {@code —steps}
 *       (phones make an em dash of two hyphens). With any other name, or a space behind it, the
 *       dash is part of the sentence: {@code sci-fi — moody}, {@code el gato —negro—}.
 * </ul>
 *
 * Letter case, hyphens and underscores within a name do not matter: {@code --CFG_scale}.
 */
final class Flags {
  /** Asks for the help of any verb. */
  static final Option<Boolean> HELP = Option.of("help", new Kind.Switch(), "");

  /** The one flag of a later version that people write with a single hyphen. */
  private static final String SHORT_HIRES = "hr";

  private final Usage usage;
  private final Map<String, Option<?>> byName = new HashMap<>();

  Flags(Usage usage) {
    this.usage = usage;
    all().forEach(this::declare);
  }

  private void declare(Option<?> option) {
    option.names().forEach(name -> byName.put(normal(name), option));
  }

  /**
   * A flag in a line.
   *
   * @param value what stands behind its equals sign, if there is one
   */
  record Flag(Option<?> option, Optional<Word> value) {}

  /** The flag that a word is; empty when it is text. */
  Optional<Flag> find(Word word) {
    String typed = word.typed();
    int dashes = Dashes.leading(typed);
    if (dashes == 0 || dashes == typed.length() || !Character.isLetter(typed.codePointAt(dashes))) {
      return Optional.empty();
    }
    int equals = typed.indexOf('=');
    String name = typed.substring(dashes, equals < 0 ? typed.length() : equals);
    Option<?> option = byName.get(normal(name));
    if (option != null) {
      return Optional.of(new Flag(option, equals < 0 ? Optional.empty() : value(typed, equals)));
    }
    if (Dashes.certain(typed.substring(0, dashes)) || normal(name).equals(SHORT_HIRES)) {
      throw unknown(name);
    }
    return Optional.empty();
  }

  boolean declares(String name) {
    return byName.containsKey(normal(name));
  }

  /** The option that a platform's own field stands for. */
  Option<?> named(String name) {
    Option<?> option = byName.get(normal(name));
    if (option == null) {
      throw unknown(name);
    }
    return option;
  }

  private static Optional<Word> value(String typed, int equals) {
    List<Word> words = Words.cut(typed.substring(equals + 1));
    return Optional.of(words.isEmpty() ? new Word("", "", true) : words.getFirst());
  }

  private Refusal unknown(String name) {
    if (usage.later().contains(normal(name))) {
      return new Refusal(ReasonCode.FLAG_NOT_YET, "--" + name);
    }
    return new Refusal(
        ReasonCode.FLAG_UNKNOWN, usage.name(), "--" + Shown.brief(name), remedy(name));
  }

  /** The flag that was meant, by its canonical name; all of them when that is anybody's guess. */
  private String remedy(String name) {
    Optional<Option<?>> meant = Nearest.to(normal(name), byName.keySet()).map(byName::get);
    Stream<Option<?>> offered = meant.map(Stream::<Option<?>>of).orElseGet(this::all);
    return offered.map(option -> "--" + option.name()).collect(Collectors.joining(", "));
  }

  private Stream<Option<?>> all() {
    return Stream.concat(usage.options().stream(), Stream.of(HELP));
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
