package dev.hyperbrush.install;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How models are downloaded. Immutable.
 *
 * @param base the site that repositories are fetched from, or a mirror of it
 * @param proxy between this machine and the rest; where empty, that of the environment
 * @param connections at once for one file
 * @param patience with a connection over which nothing comes
 */
public record DownloadSettings(URI base, Optional<URI> proxy, int connections, Duration patience) {
  public static final int MOST_CONNECTIONS = 16;
  public static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);
  public static final Duration LONGEST_PATIENCE = Duration.ofMinutes(10);

  public static DownloadSettings standard() {
    return new DownloadSettings(
        URI.create("https://huggingface.co/"), Optional.empty(), 4, Duration.ofSeconds(60));
  }
}
