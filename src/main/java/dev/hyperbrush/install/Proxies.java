package dev.hyperbrush.install;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy leads to a host: that of the settings, or else that of the environment variables
 * {@code HTTPS_PROXY} and {@code HTTP_PROXY}, but none to this machine and to the hosts in {@code
 * NO_PROXY}. Immutable, thread-safe.
 */
final class Proxies extends ProxySelector {
  private static final int USUAL_PORT = 8080;

  private final Optional<URI> fixed;
  private final Map<String, String> environment;
  private final List<String> without;

  Proxies(Optional<URI> fixed, Map<String, String> environment) {
    this.fixed = fixed;
    this.environment = Map.copyOf(environment);
    this.without =
        Arrays.stream(variable("NO_PROXY").orElse("").split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .map(name -> name.startsWith("*.") ? name.substring(1) : name)
            .filter(name -> !name.isEmpty())
            .toList();
  }

  @Override
  public List<Proxy> select(URI address) {
    return List.of(proxy(address).map(Proxies::http).orElse(Proxy.NO_PROXY));
  }

  /** The proxy's address with the name and password for it, if it has those. */
  Optional<URI> proxy(URI address) {
    String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
    return Loopback.is(host) || isWithout(host)
        ? Optional.empty()
        : fixed.or(() -> ofEnvironment(address.getScheme()));
  }

  private Optional<URI> ofEnvironment(String scheme) {
    return variable(scheme.toUpperCase(Locale.ROOT) + "_PROXY")
        .or(() -> variable("ALL_PROXY"))
        .map(text -> text.contains("://") ? text : "http://" + text)
        .flatMap(Proxies::uri)
        .filter(uri -> uri.getHost() != null);
  }

  private boolean isWithout(String host) {
    return without.stream()
        .anyMatch(name ->
            name.equals("*")
                || host.equals(name.startsWith(".") ? name.substring(1) : name)
                || host.endsWith(name.startsWith(".") ? name : "." + name));
  }

  /** Both spellings are in use; the one in small letters wins, as with curl. */
  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))
        .or(() -> Optional.ofNullable(environment.get(name)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Proxy http(URI proxy) {
    int port = proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    // The request fails as well, and that is told.
  }
}
