package dev.hyperbrush.chat.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The files that the page is made of, read once. They hold nothing secret, so the login page can
 * use them too. Immutable.
 */
final class Assets {
  /** Named one by one: a jar cannot be listed, and so no path of a request ever reaches a file. */
  static final List<String> FILES =
      List.of(
          "actions.js",
          "answer.js",
          "api.js",
          "app.js",
          "choices.js",
          "commands.js",
          "composer.js",
          "dom.js",
          "ended.js",
          "fields.js",
          "form.js",
          "gallery.js",
          "guide.js",
          "head.js",
          "history.js",
          "icons.svg",
          "jobs.js",
          "lightbox.js",
          "line.js",
          "logo.svg",
          "moderation.js",
          "panel.js",
          "picture.js",
          "presets.js",
          "router.js",
          "settings.js",
          "stage.js",
          "style.css",
          "texts.js",
          "views.css",
          "words.js",
          "you.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final PageTexts texts;

  Assets(PageTexts texts) {
    this.texts = texts;
  }

  void addTo(RoutesConfig routes) {
    for (String file : FILES) {
      byte[] content = read(file);
      String type = Objects.requireNonNull(TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
      routes.get("/" + file, request -> send(request, content, type));
    }
  }

  /** Sends an HTML file with the words of the browser's language in its {@code {{places}}}. */
  void sendPage(Context request, String file, HttpStatus status) {
    sendPage(request, file, status, Optional.empty());
  }

  /** The same in a language that was chosen. */
  void sendPage(Context request, String file, HttpStatus status, Locale language) {
    sendPage(request, file, status, Optional.empty(), language);
  }

  /**
   * @param problem key of the words in the {@code {{problem}}} of the file
   */
  void sendPage(Context request, String file, HttpStatus status, Optional<String> problem) {
    sendPage(request, file, status, problem, PageTexts.languageOf(request));
  }

  private void sendPage(
      Context request, String file, HttpStatus status, Optional<String> problem, Locale language) {
    Map<String, String> words = texts.in(language);
    String html =
        PLACE
            .matcher(new String(read(file), StandardCharsets.UTF_8))
            .replaceAll(place -> {
              String key = place.group(1);
              String word =
                  switch (key) {
                    case "lang" -> language.toLanguageTag();
                    case "problem" -> problem.map(words::get).orElse("");
                    default -> words.get(key);
                  };
              return Matcher.quoteReplacement(escape(Objects.requireNonNull(word, key)));
            });
    request.header("Vary", "Accept-Language").status(status);
    send(request, html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
  }

  /** A browser asks every time, and is mostly answered that nothing has changed. */
  private static void send(Context request, byte[] content, String type) {
    String etag = '"' + fingerprint(content) + '"';
    request.header("Cache-Control", "no-cache").header("ETag", etag);
    if (etag.equals(request.header("If-None-Match"))) {
      request.status(HttpStatus.NOT_MODIFIED);
    } else {
      request.contentType(type).result(content);
    }
  }

  private static String fingerprint(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return HexFormat.of().toHexDigits((int) crc.getValue()) + "-" + content.length;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static byte[] read(String file) {
    try (InputStream in = Assets.class.getResourceAsStream("page/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
