package dev.hyperbrush.faketelegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperbrush.faketelegram.Formatted.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's HTML: few tags, all of them closed in order. Owned by one thread. */
final class HtmlText {
  private static final Map<String, String> TAGS =
      Map.ofEntries(
          Map.entry("b", "bold"),
          Map.entry("strong", "bold"),
          Map.entry("i", "italic"),
          Map.entry("em", "italic"),
          Map.entry("u", "underline"),
          Map.entry("ins", "underline"),
          Map.entry("s", "strikethrough"),
          Map.entry("strike", "strikethrough"),
          Map.entry("del", "strikethrough"),
          Map.entry("span", "spoiler"),
          Map.entry("tg-spoiler", "spoiler"),
          Map.entry("tg-emoji", "custom_emoji"),
          Map.entry("tg-time", "date_time"),
          Map.entry("a", "text_link"),
          Map.entry("code", "code"),
          Map.entry("pre", "pre"),
          Map.entry("blockquote", "blockquote"));
  private static final Map<String, String> NAMED =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"");
  private static final Pattern START = Pattern.compile("<([a-zA-Z-]+)(\\s[^>]*)?>");
  private static final Pattern END = Pattern.compile("</([a-zA-Z-]+)\\s*>");
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:(lt|gt|amp|quot)|#(\\d{1,7})|#x([0-9a-fA-F]{1,6}));");
  private static final Pattern HREF = Pattern.compile("href=(?:\"([^\"]*)\"|'([^']*)')");

  private record Open(String tag, int from, String attributes) {}

  private final String source;
  private final StringBuilder text = new StringBuilder();
  private final List<Span> spans = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();

  private HtmlText(String source) {
    this.source = source;
  }

  static Formatted parse(String source) {
    return new HtmlText(source).parse();
  }

  private Formatted parse() {
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '<') {
        at = source.startsWith("</", at) ? end(at) : start(at);
      } else if (c == '&') {
        at = reference(at);
      } else {
        text.append(c);
        at++;
      }
    }
    if (!open.isEmpty()) {
      throw refusal(
          "Can't find end tag corresponding to start tag \"%s\"".formatted(open.peek().tag()));
    }
    spans.sort(Comparator.comparingInt(Span::offset));
    return new Formatted(text.toString(), List.copyOf(spans));
  }

  private int start(int at) {
    Matcher tag = START.matcher(source).region(at, source.length());
    if (!tag.lookingAt()) {
      throw refusal("Unclosed start tag at byte offset " + bytes(at));
    }
    String name = tag.group(1).toLowerCase(Locale.ROOT);
    String attributes = Optional.ofNullable(tag.group(2)).orElse("");
    boolean plainSpan = name.equals("span") && !attributes.contains("tg-spoiler");
    if (!TAGS.containsKey(name) || plainSpan) {
      throw refusal("Unsupported start tag \"%s\" at byte offset %d".formatted(name, bytes(at)));
    }
    open.push(new Open(name, text.length(), attributes));
    return tag.end();
  }

  private int end(int at) {
    Matcher tag = END.matcher(source).region(at, source.length());
    if (!tag.lookingAt() || open.isEmpty()) {
      throw refusal("Unexpected end tag at byte offset " + bytes(at));
    }
    Open last = open.pop();
    if (!last.tag().equals(tag.group(1).toLowerCase(Locale.ROOT))) {
      throw refusal(
          "Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\""
              .formatted(bytes(at), last.tag(), tag.group(1)));
    }
    int length = text.length() - last.from();
    if (length > 0) {
      spans.add(new Span(type(last), last.from(), length, href(last)));
    }
    return tag.end();
  }

  private static String type(Open tag) {
    boolean expandable = tag.tag().equals("blockquote") && tag.attributes().contains("expandable");
    return expandable ? "expandable_blockquote" : TAGS.getOrDefault(tag.tag(), "");
  }

  private static Optional<String> href(Open tag) {
    Matcher href = HREF.matcher(tag.attributes());
    return href.find()
        ? Optional.ofNullable(href.group(1)).or(() -> Optional.ofNullable(href.group(2)))
        : Optional.empty();
  }

  private int reference(int at) {
    Matcher reference = REFERENCE.matcher(source).region(at, source.length());
    if (!reference.lookingAt()) {
      text.append('&');
      return at + 1;
    }
    if (reference.group(1) != null) {
      text.append(NAMED.get(reference.group(1)));
    } else {
      text.appendCodePoint(
          reference.group(2) != null
              ? Integer.parseInt(reference.group(2))
              : Integer.parseInt(reference.group(3), 16));
    }
    return reference.end();
  }

  private int bytes(int at) {
    return source.substring(0, at).getBytes(UTF_8).length;
  }

  private static Refusal refusal(String what) {
    return Refusal.mistake("can't parse entities: " + what);
  }
}
