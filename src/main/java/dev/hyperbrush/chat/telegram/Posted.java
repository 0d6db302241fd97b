package dev.hyperbrush.chat.telegram;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The messages of a post, and their written form for the outbox. Immutable.
 *
 * @param pictures messages that have a picture or a file
 * @param words messages that have text alone
 * @param language that they are in
 */
record Posted(long chat, List<Integer> pictures, List<Integer> words, Locale language) {
  private static final String NUMBERS = "((?:[0-9]{1,9},)*)";
  private static final Pattern FORM =
      Pattern.compile("(-?[0-9]{1,18})/" + NUMBERS + "/" + NUMBERS + "/([A-Za-z0-9-]+)");

  Posted {
    pictures = List.copyOf(pictures);
    words = List.copyOf(words);
  }

  /** Nothing yet. */
  static Posted nothing(long chat, Locale language) {
    return new Posted(chat, List.of(), List.of(), language);
  }

  Posted withPictures(List<Integer> messages) {
    return new Posted(
        chat, Stream.concat(pictures.stream(), messages.stream()).toList(), words, language);
  }

  Posted withWords(int message) {
    return new Posted(
        chat, pictures, Stream.concat(words.stream(), Stream.of(message)).toList(), language);
  }

  boolean isNothing() {
    return pictures.isEmpty() && words.isEmpty();
  }

  String encode() {
    return chat + "/" + written(pictures) + "/" + written(words) + "/" + language.toLanguageTag();
  }

  private static String written(List<Integer> numbers) {
    return numbers.stream().map(number -> number + ",").collect(Collectors.joining());
  }

  /** What {@code text} encodes; empty when it encodes none. */
  static Optional<Posted> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Posted(
            Long.parseLong(parts.group(1)),
            read(parts.group(2)),
            read(parts.group(3)),
            Locale.forLanguageTag(parts.group(4))));
  }

  private static List<Integer> read(String numbers) {
    return Arrays.stream(numbers.split(",", -1))
        .filter(number -> !number.isEmpty())
        .map(Integer::valueOf)
        .toList();
  }
}
