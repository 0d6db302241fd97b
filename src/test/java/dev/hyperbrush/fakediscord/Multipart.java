package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes {@code multipart/form-data} apart (RFC 7578). Used by one thread. */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern FILE = Pattern.compile("files\\[(\\d+)]");

  final List<RestRequest.Upload> files = new ArrayList<>();
  JsonNode json = MissingNode.getInstance();
  private final byte[] body;
  private int at;

  Multipart(String contentType, byte[] body) {
    this.body = body;
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.find()) {
      throw malformed();
    }
    parts(bytes("--" + matcher.group(1)));
  }

  private void parts(byte[] delimiter) {
    at = find(delimiter, 0) + delimiter.length;
    while (!isNext("--")) {
      at += 2;
      int head = find(bytes("\r\n\r\n"), at);
      String headers = new String(body, at, head - at, StandardCharsets.UTF_8);
      int end = find(delimiter, head) - 2;
      byte[] content = new byte[Math.max(0, end - head - 4)];
      System.arraycopy(body, head + 4, content, 0, content.length);
      part(parameter(headers, "name"), parameter(headers, "filename"), content);
      at = end + 2 + delimiter.length;
    }
  }

  private void part(String name, String filename, byte[] content) {
    Matcher file = FILE.matcher(name);
    if (name.equals("payload_json")) {
      json = RestRequest.json(new String(content, StandardCharsets.UTF_8));
    } else if (file.matches() && !filename.isEmpty()) {
      files.add(new RestRequest.Upload(file.group(1), filename, content));
    } else {
      throw malformed();
    }
  }

  private static String parameter(String headers, String name) {
    Matcher matcher = Pattern.compile("[; ]" + name + "=\"([^\"]*)\"").matcher(headers);
    return matcher.find() ? matcher.group(1) : "";
  }

  private boolean isNext(String text) {
    byte[] wanted = bytes(text);
    if (at + wanted.length > body.length) {
      throw malformed();
    }
    return find(wanted, at) == at;
  }

  private int find(byte[] wanted, int from) {
    for (int i = from; i <= body.length - wanted.length; i++) {
      int same = 0;
      while (same < wanted.length && body[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return i;
      }
    }
    throw malformed();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ApiError malformed() {
    return new ApiError(400, 50035, "Invalid Form Body");
  }
}
