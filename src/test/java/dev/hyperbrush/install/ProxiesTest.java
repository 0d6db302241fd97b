package dev.hyperbrush.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxiesTest {
  private static final URI FIXED = URI.create("http://proxy.example:3128");

  @Test
  void theSettingsWinOverTheEnvironment() {
    Proxies proxies = new Proxies(Optional.of(FIXED), Map.of("HTTPS_PROXY", "http://other:1"));

    assertThat(proxies.proxy(URI.create("https://a.example/x"))).contains(FIXED);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/x, http://env:1",
    "http://a.example/x, ''",
    "https://without.example/x, ''",
    "https://sub.without.example/x, ''",
    "https://notwithout.example/x, http://env:1",
    "https://localhost/x, ''",
    "https://127.0.0.1:8080/x, ''"
  })
  void theEnvironmentSaysWhichHostsGoThroughIt(String address, String proxy) {
    Proxies proxies =
        new Proxies(
            Optional.empty(), Map.of("HTTPS_PROXY", "env:1", "NO_PROXY", "x, .without.example"));

    assertThat(proxies.proxy(URI.create(address)).map(URI::toString).orElse("")).isEqualTo(proxy);
  }
}
