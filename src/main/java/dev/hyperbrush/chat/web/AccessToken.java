package dev.hyperbrush.chat.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token that opens a page which others than this machine can reach. A browser shows it once and
 * keeps a cookie, derived from the token, so that a new token ends every old login. Immutable.
 */
final class AccessToken {
  private static final String COOKIE = "hyperbrush";
  private static final String BEARER = "Bearer ";
  private static final Duration LOGIN = Duration.ofDays(180);

  private final byte[] token;
  private final String cookieValue;

  AccessToken(String token) {
    this.token = utf8(token);
    this.cookieValue = derive(this.token);
  }

  /** Whether a request carries the cookie, or the token in its {@code Authorization} header. */
  boolean opens(Context request) {
    Optional<String> cookie = Optional.ofNullable(request.cookie(COOKIE));
    if (cookie.isPresent() && MessageDigest.isEqual(utf8(cookie.get()), utf8(cookieValue))) {
      return true;
    }
    return Optional.ofNullable(request.header("Authorization"))
        .filter(header -> header.startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()).strip())
        .filter(this::matches)
        .isPresent();
  }

  /** Compares in the same time wherever the difference is, so that it cannot be felt out. */
  boolean matches(String given) {
    return MessageDigest.isEqual(utf8(given), token);
  }

  void remember(Context request) {
    request.cookie(
        new Cookie(
            COOKIE,
            cookieValue,
            "/",
            Math.toIntExact(LOGIN.toSeconds()),
            request.scheme().equals("https"),
            true,
            null,
            SameSite.STRICT));
  }

  private static String derive(byte[] token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(utf8("the page's cookie")));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has HmacSHA256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
