package dev.hyperbrush.policy;

import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What values a setting has, and how they are stored. Surfaces switch over the kinds to read what
 * people type. Immutable.
 */
public sealed interface SettingKind<T> {
  /** The value that was stored as {@code text}; empty where no value is stored like this. */
  Optional<T> read(String text);

  /** As it is stored. */
  default String write(T value) {
    return value.toString();
  }

  /** As people read it. */
  default String shown(T value) {
    return write(value);
  }

  /**
   * The value as it is used.
   *
   * @throws Refusal when it is not possible, or not any more
   */
  default T check(T value, Choices choices) {
    return value;
  }

  /** A whole number within a range. */
  record Whole(long min, long max) implements SettingKind<Long> {
    private static final Pattern FORM = Pattern.compile("-?\\d{1,19}");

    @Override
    public Optional<Long> read(String text) {
      return Optional.of(text)
          .filter(digits -> FORM.matcher(digits).matches())
          .flatMap(Whole::number)
          .filter(value -> value >= min && value <= max);
    }

    private static Optional<Long> number(String digits) {
      try {
        return Optional.of(Long.valueOf(digits));
      } catch (NumberFormatException tooLarge) {
        return Optional.empty();
      }
    }
  }

  /** A number within a range. */
  record Decimal(double min, double max) implements SettingKind<Double> {
    private static final Pattern FORM = Pattern.compile("\\d{1,9}(\\.\\d{1,400})?");

    @Override
    public Optional<Double> read(String text) {
      return Optional.of(text)
          .filter(digits -> FORM.matcher(digits).matches())
          .map(Double::valueOf)
          .filter(value -> value >= min && value <= max);
    }

    @Override
    public String write(Double value) {
      return Shown.number(value);
    }
  }

  /** Words. */
  record Text(String name, int longest) implements SettingKind<String> {
    @Override
    public Optional<String> read(String text) {
      return Optional.of(text);
    }

    @Override
    public String check(String value, Choices choices) {
      int length = value.codePointCount(0, value.length());
      if (length > longest) {
        throw new Refusal(ReasonCode.PROMPT_TOO_LONG, "--" + name, length, longest);
      }
      return value;
    }
  }

  record OnOff() implements SettingKind<Boolean> {
    @Override
    public Optional<Boolean> read(String text) {
      return switch (text) {
        case "on" -> Optional.of(true);
        case "off" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    @Override
    public String write(Boolean value) {
      return value ? "on" : "off";
    }
  }

  /** Pixels, or a ratio of them. */
  record Shape() implements SettingKind<SizeWish> {
    private static final Pattern FORM = Pattern.compile("(\\d{0,5})x(\\d{0,5})");
    private static final Pattern RATIO = Pattern.compile("(\\d{1,5}):(\\d{1,5})");

    @Override
    public Optional<SizeWish> read(String text) {
      Matcher sides = FORM.matcher(text);
      if (sides.matches()) {
        return Optional.of(new SizeWish.Pixels(side(sides.group(1)), side(sides.group(2))));
      }
      Matcher ratio = RATIO.matcher(text);
      return Optional.of(ratio)
          .filter(Matcher::matches)
          .map(numbers ->
              new SizeWish.Ratio(
                  Math.max(1, Integer.parseInt(numbers.group(1))),
                  Math.max(1, Integer.parseInt(numbers.group(2)))));
    }

    private static OptionalInt side(String digits) {
      return digits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }

    @Override
    public String write(SizeWish value) {
      return switch (value) {
        case SizeWish.Pixels sides -> side(sides.width()) + "x" + side(sides.height());
        case SizeWish.Ratio ratio -> ratio.toString();
      };
    }

    private static String side(OptionalInt pixels) {
      return pixels.isPresent() ? String.valueOf(pixels.getAsInt()) : "";
    }
  }

  /** One of those installed. */
  record OneOf(Library library) implements SettingKind<String> {
    @Override
    public Optional<String> read(String text) {
      return Optional.of(text);
    }

    @Override
    public String check(String value, Choices choices) {
      return library.find(choices, value);
    }
  }

  /** Some of those installed. */
  record SomeOf(Library library) implements SettingKind<List<String>> {
    @Override
    public Optional<List<String>> read(String text) {
      return Optional.of(text.lines().toList()).filter(names -> !names.isEmpty());
    }

    @Override
    public String write(List<String> names) {
      return String.join("\n", names);
    }

    @Override
    public String shown(List<String> names) {
      return String.join(", ", names);
    }

    @Override
    public List<String> check(List<String> names, Choices choices) {
      return names.stream().map(name -> library.find(choices, name)).distinct().toList();
    }
  }

  /** LoRAs with their weights. */
  record Loras() implements SettingKind<List<LoraWeight>> {
    private static final Decimal WEIGHT = new Decimal(0, LoraWeight.MAX);

    @Override
    public Optional<List<LoraWeight>> read(String text) {
      return Optional.of(text.lines().map(Loras::one).flatMap(Optional::stream).toList())
          .filter(loras -> !loras.isEmpty());
    }

    private static Optional<LoraWeight> one(String line) {
      int colon = line.lastIndexOf(':');
      if (colon < 0) {
        return Optional.empty();
      }
      boolean negative = line.startsWith("-", colon + 1);
      return WEIGHT
          .read(line.substring(colon + (negative ? 2 : 1)))
          .map(weight -> new LoraWeight(line.substring(0, colon), negative ? -weight : weight));
    }

    @Override
    public List<LoraWeight> check(List<LoraWeight> loras, Choices choices) {
      return loras.stream()
          .map(lora -> new LoraWeight(choices.lora(lora.name()), lora.weight()))
          .toList();
    }

    @Override
    public String write(List<LoraWeight> loras) {
      return lines(loras).collect(Collectors.joining("\n"));
    }

    @Override
    public String shown(List<LoraWeight> loras) {
      return lines(loras).collect(Collectors.joining(", "));
    }

    private static Stream<String> lines(List<LoraWeight> loras) {
      return loras.stream().map(lora -> lora.name() + ":" + Shown.number(lora.weight()));
    }
  }
}
