package dev.hyperbrush.faketelegram;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code multipart/form-data}: RFC 7578. */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("filename=\"?([^\";\\r\\n]*)\"?");

  private Multipart() {}

  static void read(
      String contentType, byte[] body, Map<String, String> fields, Map<String, Upload> files) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw Refusal.mistake("multipart without boundary");
    }
    // One char per byte, so that positions in the text are positions in the body.
    String text = new String(body, ISO_8859_1);
    String mark = "--" + boundary.group(1);
    int at = text.indexOf(mark);
    while (at >= 0 && !text.startsWith("--", at + mark.length())) {
      int start = at + mark.length() + 2;
      int end = text.indexOf("\r\n" + mark, start);
      if (end < 0) {
        throw Refusal.mistake("multipart body ends within a part");
      }
      part(text.substring(start, end), fields, files);
      at = end + 2;
    }
  }

  private static void part(String part, Map<String, String> fields, Map<String, Upload> files) {
    int blank = part.indexOf("\r\n\r\n");
    if (blank < 0) {
      throw Refusal.mistake("part of a multipart body without headers");
    }
    String headers = new String(part.substring(0, blank).getBytes(ISO_8859_1), UTF_8);
    byte[] bytes = part.substring(blank + 4).getBytes(ISO_8859_1);
    Matcher name = NAME.matcher(headers);
    if (!name.find()) {
      throw Refusal.mistake("part of a multipart body without name");
    }
    Matcher file = FILE.matcher(headers);
    if (file.find()) {
      files.put(name.group(1), new Upload(file.group(1), bytes));
    } else {
      fields.put(name.group(1), new String(bytes, UTF_8));
    }
  }
}
