package dev.hyperbrush.config;

import dev.hyperbrush.install.DownloadSettings;
import dev.hyperbrush.pipeline.YamlSection;

/** The section {@code downloads} of the settings file. */
final class DownloadsSection {
  static DownloadSettings read(YamlSection yaml) {
    DownloadSettings standard = DownloadSettings.standard();
    DownloadSettings downloads =
        new DownloadSettings(
            ConfigLoader.address(yaml, "base").orElse(standard.base()),
            ConfigLoader.address(yaml, "proxy"),
            yaml.integer(
                "connections", standard.connections(), 1, DownloadSettings.MOST_CONNECTIONS),
            yaml.duration(
                "patience",
                standard.patience(),
                DownloadSettings.SHORTEST_PATIENCE,
                DownloadSettings.LONGEST_PATIENCE));
    yaml.refuseUnknownKeys();
    return downloads;
  }

  private DownloadsSection() {}
}
