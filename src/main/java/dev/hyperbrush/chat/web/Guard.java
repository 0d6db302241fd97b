package dev.hyperbrush.chat.web;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps other web sites out. A page on the open web can make a browser send requests to this
 * machine: under a name of its own that resolves to 127.0.0.1 (DNS rebinding), or from its own
 * origin (cross-site request forgery). Immutable.
 */
final class Guard {
  /** Nobody can make a DNS name of these, so they are safe from rebinding. */
  private static final Pattern IP_ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final boolean onlyThisMachine;
  private final Set<String> names;

  Guard(WebSettings settings) {
    this.onlyThisMachine = settings.onlyThisMachine();
    this.names =
        Stream.concat(
                Stream.of("localhost", "127.0.0.1", "[::1]", settings.address()),
                settings.names().stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Lets a request pass, or throws the {@link Refusal} of it. */
  void check(Context request) {
    String host = Optional.ofNullable(request.header("Host")).orElse("").toLowerCase(Locale.ROOT);
    if (!isOurs(host)) {
      throw new Refusal(ReasonCode.WEB_HOST_FOREIGN, Shown.brief(host));
    }
    Optional<String> origin = Optional.ofNullable(request.header("Origin"));
    if (origin.isPresent() && !isSame(origin.get(), host)) {
      throw new Refusal(ReasonCode.WEB_ORIGIN_FOREIGN, Shown.brief(origin.get()));
    }
    String site = Optional.ofNullable(request.header("Sec-Fetch-Site")).orElse("none");
    if (!site.equals("none") && !site.equals("same-origin") && !isLink(request)) {
      throw new Refusal(ReasonCode.WEB_ORIGIN_FOREIGN, Shown.brief(site));
    }
  }

  private boolean isOurs(String host) {
    String name = host.replaceFirst(":\\d*$", "");
    return names.contains(name) || (!onlyThisMachine && IP_ADDRESS.matcher(name).matches());
  }

  /** Compared with the host and not with our port: a proxy or container may map another to ours. */
  private static boolean isSame(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
  }

  /** Following a link from elsewhere is fine: it shows the page to the person, not to the site. */
  private static boolean isLink(Context request) {
    return request.method().equals(HandlerType.GET)
        && "navigate".equals(request.header("Sec-Fetch-Mode"));
  }
}
