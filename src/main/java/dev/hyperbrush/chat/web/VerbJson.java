package dev.hyperbrush.chat.web;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.Kind;
import dev.hyperbrush.command.Option;
import dev.hyperbrush.command.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A verb's declaration, from which the page makes its controls, forms, suggestions and help.
 * Immutable.
 *
 * @param argument what the text behind the verb is, translated; empty when it takes none
 * @param argumentName under which a form hands that text in
 * @param permission who may use it, in lower case
 */
record VerbJson(
    String name,
    String argument,
    String argumentName,
    boolean argumentNeeded,
    String permission,
    String help,
    List<OptionJson> options) {

  /**
   * A flag of a verb.
   *
   * @param names the name and its aliases
   * @param label short, for a form field
   * @param kind {@code text}, {@code word}, {@code integer}, {@code number}, {@code select}, {@code
   *     date} or {@code flag}
   * @param choices to offer
   * @param allowed what is accepted, for help
   */
  record OptionJson(
      String name,
      List<String> names,
      String label,
      String help,
      String kind,
      List<String> choices,
      Optional<Number> min,
      Optional<Number> max,
      String allowed,
      boolean repeatable,
      boolean common) {}

  /**
   * @param words of the page, with {@code option.NAME} for labels of fields
   */
  static VerbJson of(Usage usage, Locale language, Map<String, String> words) {
    return new VerbJson(
        usage.name(),
        usage.argument().isEmpty() ? "" : Texts.get(language, "argument." + usage.argument()),
        usage.argument(),
        usage.argumentNeeded(),
        usage.permission().name().toLowerCase(Locale.ROOT),
        Texts.get(language, usage.textKey()),
        usage.options().stream().map(option -> option(option, language, words)).toList());
  }

  private static OptionJson option(Option<?> option, Locale language, Map<String, String> words) {
    Kind<?> kind = option.kind();
    return new OptionJson(
        option.name(),
        Stream.concat(Stream.of(option.name()), option.aliases().stream()).toList(),
        words.getOrDefault("option." + option.name(), option.name()),
        Texts.get(language, option.textKey()),
        kindOf(kind),
        choices(kind),
        min(kind),
        max(kind),
        kind.accepted(),
        option.repeatable(),
        option.common());
  }

  private static String kindOf(Kind<?> kind) {
    return switch (kind) {
      case Kind.Text any -> "text";
      case Kind.Whole range when isHandy(range) -> "integer";
      case Kind.Decimal any -> "number";
      case Kind.Name any -> "select";
      case Kind.Switch any -> "flag";
      case Kind.Whole any -> "word";
      case Kind.Word any -> "word";
      case Kind.Id any -> "word";
      case Kind.OnOff any -> "select";
      case Kind.Shape any -> "word";
      case Kind.Size any -> "word";
      case Kind.Ratio any -> "word";
      case Kind.Lora any -> "word";
      case Kind.Moment any -> "date";
    };
  }

  /** A seed has too many values for the little arrows of a number field. */
  private static boolean isHandy(Kind.Whole range) {
    return range.max() <= 1_000_000;
  }

  private static List<String> choices(Kind<?> kind) {
    return switch (kind) {
      case Kind.Name name -> name.choices().get();
      case Kind.Lora lora -> lora.choices().get();
      case Kind.OnOff either -> List.of(either.accepted().split(", "));
      case Kind.Ratio ratio -> List.of(ratio.accepted().split(", "));
      default -> List.of();
    };
  }

  private static Optional<Number> min(Kind<?> kind) {
    return switch (kind) {
      case Kind.Whole range when isHandy(range) -> Optional.of(range.min());
      case Kind.Decimal range -> Optional.of(range.min());
      default -> Optional.empty();
    };
  }

  private static Optional<Number> max(Kind<?> kind) {
    return switch (kind) {
      case Kind.Whole range when isHandy(range) -> Optional.of(range.max());
      case Kind.Decimal range -> Optional.of(range.max());
      default -> Optional.empty();
    };
  }
}
