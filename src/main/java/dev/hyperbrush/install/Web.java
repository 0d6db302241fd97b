package dev.hyperbrush.install;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One request to a source of files, with its redirects followed here: a redirect must not lead to a
 * place without encryption, and the access token never goes to another host. Thread-safe.
 */
final class Web implements AutoCloseable {
  private static final int MOST_REDIRECTS = 8;
  private static final String AGENT = "Hyperbrush";

  private final OkHttpClient client;
  private final URI base;
  private final Optional<String> token;

  /**
   * @param environment variables, for proxies
   * @param token for gated files, sent to the host of {@code settings.base()} alone
   */
  Web(DownloadSettings settings, Map<String, String> environment, Optional<String> token) {
    Proxies proxies = new Proxies(settings.proxy(), environment);
    this.base = settings.base();
    this.token = token;
    this.client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(settings.patience())
            .readTimeout(settings.patience())
            .writeTimeout(settings.patience())
            .proxySelector(proxies)
            .proxyAuthenticator((route, answer) -> authenticated(proxies, answer))
            .build();
  }

  /**
   * Asks for a file.
   *
   * @param wanted what of it, and whether the token may be sent
   * @return the answer behind all redirects, whatever its status; the caller closes it
   * @throws IOException when the connection fails
   * @throws Refusal when a redirect leads where nothing is fetched from
   */
  Response get(URI address, Wanted wanted) throws IOException {
    URI current = address;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      requireSafe(address, current);
      Response answer = client.newCall(request(address, current, wanted)).execute();
      Optional<String> location = Optional.ofNullable(answer.header("Location"));
      if (answer.code() / 100 != 3 || location.isEmpty()) {
        return answer;
      }
      answer.close();
      current = resolved(current, location.get());
    }
    throw new IOException("it redirects more than " + MOST_REDIRECTS + " times");
  }

  /**
   * What of a file is asked for.
   *
   * @param range the value of the header of that name; empty for all of it
   * @param validator only the range if the file is still this one, else all of it
   * @param gated whether the token is needed
   */
  record Wanted(Optional<String> range, Optional<String> validator, boolean gated) {}

  private Request request(URI first, URI current, Wanted wanted) throws IOException {
    HttpUrl url = HttpUrl.parse(current.toString());
    if (url == null) {
      throw new IOException("it redirects to something that is no address");
    }
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", AGENT)
            .header("Accept-Encoding", "identity");
    wanted.range().ifPresent(range -> request.header("Range", range));
    wanted.validator().ifPresent(validator -> request.header("If-Range", validator));
    if (wanted.gated() && sameHost(first, current) && sameHost(base, current) && !plain(current)) {
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    }
    return request.build();
  }

  private static boolean sameHost(URI one, URI other) {
    return host(one).equals(host(other))
        && one.getPort() == other.getPort()
        && Objects.equals(one.getScheme(), other.getScheme());
  }

  /** Without encryption, over a wire that others may listen to. */
  private static boolean plain(URI address) {
    return !"https".equals(address.getScheme()) && !Loopback.is(host(address));
  }

  /** http is for this machine, and for a mirror that whoever runs the program has named so. */
  private void requireSafe(URI first, URI current) {
    boolean web = "https".equals(current.getScheme()) || "http".equals(current.getScheme());
    boolean fine = web && (!plain(current) || sameHost(base, current));
    // From out there nobody is sent to a service of this machine.
    boolean inwards = Loopback.is(host(current)) && !Loopback.is(host(first));
    if (!fine || inwards) {
      throw new Refusal(
          ReasonCode.DOWNLOAD_ADDRESS_UNSAFE, first, current.getScheme() + "://" + host(current));
    }
  }

  private static String host(URI address) {
    return Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
  }

  private static URI resolved(URI current, String location) throws IOException {
    try {
      return current.resolve(new URI(location.strip()));
    } catch (URISyntaxException e) {
      throw new IOException("it redirects to something that is no address", e);
    }
  }

  private static @Nullable Request authenticated(Proxies proxies, Response answer) {
    Request asked = answer.request();
    Optional<String> user =
        proxies.proxy(asked.url().uri()).map(URI::getUserInfo).filter(given -> given.contains(":"));
    if (user.isEmpty() || asked.header("Proxy-Authorization") != null) {
      return null;
    }
    String[] parts = user.get().split(":", 2);
    return asked
        .newBuilder()
        .header("Proxy-Authorization", Credentials.basic(parts[0], parts[1]))
        .build();
  }

  /** Cuts all that is under way. */
  void cancel() {
    client.dispatcher().cancelAll();
  }

  @Override
  public void close() {
    cancel();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
