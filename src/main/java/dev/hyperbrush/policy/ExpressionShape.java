package dev.hyperbrush.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a regular expression is with its repetitions written out, as its compiler does, known
 * before that is tried: {@code ((a{1000}){1000})} would fill the memory. Owned by one call.
 */
final class ExpressionShape {
  /** {@code {3}}, {@code {3,}} or {@code {3,5}}; more digits than any engine takes. */
  private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,6})(?:,(\\d{0,6}))?\\}");

  /** From here on it is too large, by however much. */
  private static final long ENDLESS = Integer.MAX_VALUE;

  private final String text;
  private final Deque<Group> groups = new ArrayDeque<>();
  private long size;
  private long last;
  private int unbalanced = -1;

  /** What stood before a parenthesis. */
  private record Group(int begin, long sizeBefore) {}

  private ExpressionShape(String text) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      at = read(at);
    }
    while (!groups.isEmpty()) {
      unbalanced = groups.peek().begin();
      size += groups.pop().sizeBefore();
    }
  }

  static ExpressionShape of(String text) {
    return new ExpressionShape(text);
  }

  long size() {
    return size;
  }

  /** Where a parenthesis, bracket or backslash stands that lacks what belongs to it. */
  OptionalInt unbalanced() {
    return unbalanced < 0 ? OptionalInt.empty() : OptionalInt.of(unbalanced);
  }

  private int read(int at) {
    return switch (text.charAt(at)) {
      case '\\' -> escaped(at);
      case '[' -> bracket(at);
      case '(' -> open(at);
      case ')' -> close(at);
      case '{' -> repeat(at);
      default -> atom(at + 1);
    };
  }

  private int escaped(int at) {
    if (at + 1 == text.length()) {
      unbalanced = at;
    }
    return atom(Math.min(at + 2, text.length()));
  }

  private int atom(int next) {
    last = 1;
    size = Math.min(ENDLESS, size + 1);
    return next;
  }

  private int bracket(int at) {
    int end = at + 1;
    if (text.startsWith("^", end)) {
      end++;
    }
    end++; // a bracket that comes first is one of the signs
    while (end < text.length() && text.charAt(end) != ']') {
      end += text.charAt(end) == '\\' || text.startsWith("[:", end) ? 2 : 1;
      if (text.startsWith(":]", end)) {
        end += 2;
      }
    }
    if (end >= text.length()) {
      unbalanced = at;
    }
    return atom(Math.min(end + 1, text.length()));
  }

  private int open(int at) {
    groups.push(new Group(at, size));
    size = 0;
    last = 0;
    return at + 1;
  }

  private int close(int at) {
    if (groups.isEmpty()) {
      unbalanced = at;
    } else {
      last = size;
      size = Math.min(ENDLESS, size + groups.pop().sizeBefore());
    }
    return at + 1;
  }

  private int repeat(int at) {
    Matcher times = REPETITION.matcher(text).region(at, text.length());
    if (!times.lookingAt()) {
      return atom(at + 1);
    }
    long most = Integer.parseInt(times.group(1));
    if (times.group(2) != null) {
      most = times.group(2).isEmpty() ? most + 1 : Integer.parseInt(times.group(2));
    }
    size = Math.min(ENDLESS, size + last * Math.max(0, most - 1));
    last = Math.min(ENDLESS, last * Math.max(1, most));
    return times.end();
  }
}
