package dev.hyperbrush.command;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job, or one picture of it, as people name it: {@code 12}, {@code #12}, {@code 12.2}, {@code 12
 * 2}. Immutable.
 *
 * @param number of the picture, counted from 1; empty for the whole job
 */
record PictureChoice(long jobId, OptionalInt number) {
  private static final Pattern FORM = Pattern.compile("#?(\\d{1,18})(?:(?:\\.| +#?)(\\d{1,4}))?");

  static Optional<PictureChoice> read(String text) {
    Matcher numbers = FORM.matcher(text);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    String number = numbers.group(2);
    return Optional.of(
        new PictureChoice(
            Long.parseLong(numbers.group(1)),
            number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number))));
  }
}
