package dev.hyperbrush.install;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a source says about a file. Immutable.
 *
 * @param validator by which a changed file is told: its strong ETag, or else when it was changed
 * @param length in bytes, where the source says it
 * @param ranges whether parts of it can be asked for
 */
record RemoteFile(URI address, Optional<String> validator, OptionalLong length, boolean ranges) {
  private static final Pattern RANGE =
      Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18}|\\*)");

  /** What {@code Content-Range} says; -1 for what it leaves open. */
  record ContentRange(long from, long to, long total) {
    static Optional<ContentRange> of(Response answer) {
      Matcher parts =
          RANGE.matcher(Optional.ofNullable(answer.header("Content-Range")).orElse("").strip());
      return parts.matches()
          ? Optional.of(
              new ContentRange(
                  number(parts.group(1)), number(parts.group(2)), number(parts.group(3))))
          : Optional.empty();
    }

    private static long number(@Nullable String digits) {
      return digits == null || digits.equals("*") ? -1 : Long.parseLong(digits);
    }
  }

  /** From the answer to a request for the first byte. */
  static RemoteFile of(URI address, Response answer) {
    Optional<ContentRange> range = ContentRange.of(answer).filter(found -> found.total() >= 0);
    if (answer.code() == 206 && range.filter(found -> found.from() == 0).isPresent()) {
      return new RemoteFile(
          address, validatorOf(answer), OptionalLong.of(range.orElseThrow().total()), true);
    }
    long length = answer.body().contentLength();
    return new RemoteFile(
        address,
        validatorOf(answer),
        length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
        false);
  }

  /** A weak ETag says nothing about bytes. */
  static Optional<String> validatorOf(Response answer) {
    return Optional.ofNullable(answer.header("ETag"))
        .filter(tag -> tag.startsWith("\"") && tag.length() < 300)
        .or(() -> Optional.ofNullable(answer.header("Last-Modified")));
  }

  /** Whether an answer is a page for people, as sites send with status 200 when all is not well. */
  static boolean isPage(Response answer) {
    return Optional.ofNullable(answer.header("Content-Type"))
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
        .isPresent();
  }
}
