package dev.hyperbrush.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something a verb can be told, declared once for every surface: a {@code --flag}, a form field, a
 * slash option. Its description is the text {@code option.NAME}. Immutable.
 *
 * @param name canonical, as in {@code --name}
 * @param aliases what it is called elsewhere
 * @param kind how its value is written
 * @param example a value for help and error messages
 * @param repeatable whether every value counts, not only the last
 * @param bare the value of a flag with none behind it; empty where it needs one
 * @param common whether most people want it at hand, so that a form shows it unasked
 */
public record Option<T>(
    String name,
    List<String> aliases,
    Kind<T> kind,
    String example,
    boolean repeatable,
    Optional<String> bare,
    boolean common) {
  public Option {
    aliases = List.copyOf(aliases);
  }

  static <T> Option<T> of(String name, Kind<T> kind, String example) {
    return new Option<>(name, List.of(), kind, example, false, Optional.empty(), false);
  }

  Option<T> alias(String... names) {
    return new Option<>(name, List.of(names), kind, example, repeatable, bare, common);
  }

  Option<T> asCommon() {
    return new Option<>(name, aliases, kind, example, repeatable, bare, true);
  }

  Option<T> asRepeatable() {
    return new Option<>(name, aliases, kind, example, true, bare, common);
  }

  Option<T> orBare(String value) {
    return new Option<>(name, aliases, kind, example, repeatable, Optional.of(value), common);
  }

  /** The canonical name, then the aliases. */
  Stream<String> names() {
    return Stream.concat(Stream.of(name), aliases.stream());
  }

  /** Key of the description in the texts. */
  public String textKey() {
    return "option." + name;
  }
}
