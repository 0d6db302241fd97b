package dev.hyperbrush.faketelegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperbrush.faketelegram.Formatted.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The server's MarkdownV2: whatever is reserved and not escaped is an error. One thread. */
final class MarkdownText {
  private static final String RESERVED = "_*[]()~`>#+-=|{}.!";
  private static final Map<String, String> MARKS =
      Map.of("*", "bold", "_", "italic", "__", "underline", "~", "strikethrough", "||", "spoiler");

  private record Open(String mark, int from) {}

  private final String source;
  private final StringBuilder text = new StringBuilder();
  private final List<Span> spans = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();

  private MarkdownText(String source) {
    this.source = source;
  }

  static Formatted parse(String source) {
    return new MarkdownText(source).parse();
  }

  private Formatted parse() {
    int at = 0;
    while (at < source.length()) {
      at = next(at);
    }
    if (!open.isEmpty()) {
      throw refusal("Can't find end of the entity starting with \"" + open.peek().mark() + "\"");
    }
    spans.sort(Comparator.comparingInt(Span::offset));
    return new Formatted(text.toString(), List.copyOf(spans));
  }

  private int next(int at) {
    char c = source.charAt(at);
    if (c == '\\' && at + 1 < source.length() && source.charAt(at + 1) <= 126) {
      text.append(source.charAt(at + 1));
      return at + 2;
    }
    if (RESERVED.indexOf(c) < 0) {
      text.append(c);
      return at + 1;
    }
    if (c == '`') {
      return code(at);
    }
    if (c == '>' && (at == 0 || source.charAt(at - 1) == '\n')) {
      return at + 1;
    }
    return c == '[' || c == ']' ? link(at, c) : mark(at, c);
  }

  private int mark(int at, char c) {
    String twice = "" + c + c;
    String mark = MARKS.containsKey(twice) && source.startsWith(twice, at) ? twice : "" + c;
    String type = MARKS.get(mark);
    if (type == null) {
      throw reserved(at, c);
    }
    Optional<Open> begun = Optional.ofNullable(open.peek()).filter(o -> o.mark().equals(mark));
    if (begun.isPresent()) {
      int from = open.pop().from();
      add(type, from, Optional.empty());
    } else {
      open.push(new Open(mark, text.length()));
    }
    return at + mark.length();
  }

  private int link(int at, char c) {
    if (c == '[') {
      open.push(new Open("[", text.length()));
      return at + 1;
    }
    Open begun = Optional.ofNullable(open.poll()).orElseThrow(() -> reserved(at, c));
    int close = source.indexOf(')', at);
    if (!begun.mark().equals("[") || !source.startsWith("](", at) || close < 0) {
      throw reserved(at, c);
    }
    add("text_link", begun.from(), Optional.of(source.substring(at + 2, close)));
    return close + 1;
  }

  private int code(int at) {
    String fence = source.startsWith("```", at) ? "```" : "`";
    int i = at + fence.length();
    int from = text.length();
    while (i < source.length() && !source.startsWith(fence, i)) {
      boolean escape = source.charAt(i) == '\\' && i + 1 < source.length();
      text.append(source.charAt(escape ? i + 1 : i));
      i += escape ? 2 : 1;
    }
    if (i >= source.length()) {
      throw refusal("Can't find end of the entity starting at byte offset " + bytes(at));
    }
    add(fence.length() == 1 ? "code" : "pre", from, Optional.empty());
    return i + fence.length();
  }

  private void add(String type, int from, Optional<String> extra) {
    if (text.length() > from) {
      spans.add(new Span(type, from, text.length() - from, extra));
    }
  }

  private int bytes(int at) {
    return source.substring(0, at).getBytes(UTF_8).length;
  }

  private Refusal reserved(int at, char c) {
    return refusal(
        "Character '%c' at byte offset %d is reserved and must be escaped with the preceding '\\'"
            .formatted(c, bytes(at)));
  }

  private static Refusal refusal(String what) {
    return Refusal.mistake("can't parse entities: " + what);
  }
}
