package dev.hyperbrush.command;

import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.SizeWish;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the value of an option is written. Surfaces switch over the kinds to build their own fields.
 * Immutable.
 */
public sealed interface Kind<T> {
  /** More digits than the smallest number has that a double can hold. */
  int LONGEST_NUMBER = 400;

  /** The value that {@code text} stands for; empty when it stands for none. */
  Optional<T> read(String text);

  /** What is accepted, in signs that need no translation: {@code 1–150}. */
  String accepted();

  /** How many words a value can have. */
  default int words() {
    return 1;
  }

  /** Words up to the next flag. */
  record Text() implements Kind<String> {
    @Override
    public Optional<String> read(String text) {
      return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
    }

    @Override
    public String accepted() {
      return "“…”";
    }

    @Override
    public int words() {
      return Integer.MAX_VALUE;
    }
  }

  /**
   * One word, as names and ids are.
   *
   * @param accepted what the word is, in signs
   */
  record Word(String accepted) implements Kind<String> {
    private static final int LONGEST = 200;

    @Override
    public Optional<String> read(String text) {
      boolean readable = !text.isEmpty() && text.length() <= LONGEST && text.indexOf(' ') < 0;
      return readable ? Optional.of(text) : Optional.empty();
    }
  }

  /** The id of something on a platform, or {@code here}. */
  record Id() implements Kind<String> {
    static final String HERE = "here";

    private static final Pattern FORM = Pattern.compile("[^ ]{0,99}\\d[^ ]{0,99}");

    @Override
    public Optional<String> read(String text) {
      boolean id = text.equals(HERE) || FORM.matcher(text).matches();
      return id ? Optional.of(text) : Optional.empty();
    }

    @Override
    public String accepted() {
      return HERE + ", 123…";
    }
  }

  /** Either of two; other than {@link Switch} it is written out. */
  record OnOff() implements Kind<Boolean> {
    @Override
    public Optional<Boolean> read(String text) {
      return new Switch().read(text);
    }

    @Override
    public String accepted() {
      return new Switch().accepted();
    }
  }

  /** A whole number within a range. */
  record Whole(long min, long max) implements Kind<Long> {
    private static final Pattern FORM = Pattern.compile("[+-]?\\d{1,19}");

    @Override
    public Optional<Long> read(String text) {
      String digits = plain(text);
      if (!FORM.matcher(digits).matches()) {
        return Optional.empty();
      }
      try {
        return Optional.of(Long.parseLong(digits)).filter(value -> value >= min && value <= max);
      } catch (NumberFormatException tooLarge) {
        return Optional.empty();
      }
    }

    @Override
    public String accepted() {
      return min == -1 ? "-1, 0–" + max : min + "–" + max;
    }
  }

  /** A number within a range; a comma is as good as a point. */
  record Decimal(double min, double max) implements Kind<Double> {
    private static final Pattern FORM = Pattern.compile("[+-]?\\d{0,9}(?:[.,]\\d+)?|\\d{1,9}[.,]");

    @Override
    public Optional<Double> read(String text) {
      String digits = plain(text);
      if (!FORM.matcher(digits).matches() || digits.chars().noneMatch(Character::isDigit)) {
        return Optional.empty();
      }
      double value = Double.parseDouble(digits.replace(',', '.'));
      return Optional.of(value).filter(number -> number >= min && number <= max);
    }

    @Override
    public String accepted() {
      return Shown.number(min) + (min < 0 ? " … " : "–") + Shown.number(max);
    }
  }

  /** Width and height in pixels: {@code 1024x768}, {@code 1024×768}, {@code 1024*768}. */
  record Size() implements Kind<SizeWish.Pixels> {
    /** Whole sides of a picture; what the model cannot draw of it is changed with a notice. */
    static final Whole SIDE = new Whole(16, 16_384);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}) ?[xX×*] ?(\\d{1,9})");

    @Override
    public Optional<SizeWish.Pixels> read(String text) {
      Matcher sides = FORM.matcher(plain(text));
      if (!sides.matches()) {
        return Optional.empty();
      }
      return SIDE.read(sides.group(1))
          .flatMap(width ->
              SIDE.read(sides.group(2))
                  .map(height -> SizeWish.Pixels.of(width.intValue(), height.intValue())));
    }

    @Override
    public String accepted() {
      return "1024x768 (" + SIDE.accepted() + ")";
    }

    @Override
    public int words() {
      return 3;
    }
  }

  /** Width to height: {@code 3:2}, {@code 3/2}, {@code landscape}. */
  record Ratio() implements Kind<SizeWish.Ratio> {
    /** Beyond this no model has anything near. */
    private static final int MOST = 100;

    private static final Pattern FORM = Pattern.compile("(\\d{1,3})[:/](\\d{1,3})");

    @Override
    public Optional<SizeWish.Ratio> read(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "square" -> Optional.of(new SizeWish.Ratio(1, 1));
        case "portrait" -> Optional.of(new SizeWish.Ratio(2, 3));
        case "landscape" -> Optional.of(new SizeWish.Ratio(3, 2));
        default -> numbers(text);
      };
    }

    private static Optional<SizeWish.Ratio> numbers(String text) {
      Matcher sides = FORM.matcher(plain(text));
      if (!sides.matches()) {
        return Optional.empty();
      }
      int width = Integer.parseInt(sides.group(1));
      int height = Integer.parseInt(sides.group(2));
      boolean possible = width >= 1 && width <= MOST && height >= 1 && height <= MOST;
      return possible ? Optional.of(new SizeWish.Ratio(width, height)) : Optional.empty();
    }

    @Override
    public String accepted() {
      return "3:2, 16:9, portrait, landscape, square";
    }
  }

  /** Width and height, or the ratio of them. */
  record Shape() implements Kind<SizeWish> {
    private static final Size SIZE = new Size();
    private static final Ratio RATIO = new Ratio();

    @Override
    public Optional<SizeWish> read(String text) {
      return SIZE.read(text).map(SizeWish.class::cast).or(() -> RATIO.read(text));
    }

    @Override
    public String accepted() {
      return SIZE.accepted() + ", " + RATIO.accepted();
    }

    @Override
    public int words() {
      return SIZE.words();
    }
  }

  /**
   * One of several names. Any name is read: whoever knows the names refuses the others, since only
   * there are the reasons known.
   *
   * @param choices to offer
   * @param known whether several words are one name
   */
  record Name(Supplier<List<String>> choices, Predicate<String> known) implements Kind<String> {
    private static final int LONGEST = 6;

    @Override
    public Optional<String> read(String text) {
      boolean readable = !text.isEmpty() && (text.indexOf(' ') < 0 || known.test(text));
      return readable ? Optional.of(text) : Optional.empty();
    }

    @Override
    public String accepted() {
      return String.join(", ", choices.get());
    }

    @Override
    public int words() {
      return LONGEST;
    }
  }

  /**
   * A LoRA and how strongly it is fused: {@code name} or {@code name:0.8}.
   *
   * @param usual the weight for people who name none
   */
  record Lora(Supplier<List<String>> choices, ToDoubleFunction<String> usual)
      implements Kind<LoraWeight> {
    private static final Decimal WEIGHT = new Decimal(-LoraWeight.MAX, LoraWeight.MAX);

    @Override
    public Optional<LoraWeight> read(String text) {
      int colon = text.lastIndexOf(':');
      String name = (colon < 0 ? text : text.substring(0, colon)).strip();
      Optional<Double> weight =
          colon < 0
              ? Optional.of(usual.applyAsDouble(name))
              : WEIGHT.read(text.substring(colon + 1).strip());
      return weight.filter(any -> !name.isEmpty()).map(value -> new LoraWeight(name, value));
    }

    @Override
    public String accepted() {
      return "name, name:0.8 (" + WEIGHT.accepted() + ")";
    }
  }

  /**
   * A day, or so long ago: {@code 2026-03-01}, {@code 7d}.
   *
   * @param clock from which one counts back
   */
  record Moment(InstantSource clock) implements Kind<PastMoment> {
    @Override
    public Optional<PastMoment> read(String text) {
      return PastMoment.read(text.strip(), clock.instant());
    }

    @Override
    public String accepted() {
      return "2026-03-01, 12h, 7d, 2w, 3m, 1y";
    }
  }

  /** There or not there; has no value. */
  record Switch() implements Kind<Boolean> {
    @Override
    public Optional<Boolean> read(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true", "on", "yes" -> Optional.of(true);
        case "false", "off", "no" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    @Override
    public String accepted() {
      return "on, off";
    }

    @Override
    public int words() {
      return 0;
    }
  }

  /**
   * A number in plain signs: keyboards for Chinese and Japanese write wide digits, phones turn the
   * hyphen of {@code -1} into a dash.
   */
  private static String plain(String number) {
    if (number.isEmpty() || number.length() > LONGEST_NUMBER) {
      return "";
    }
    String narrow = Normalizer.normalize(number, Normalizer.Form.NFKC);
    return Dashes.isDash(narrow.charAt(0)) ? "-" + narrow.substring(1) : narrow;
  }
}
