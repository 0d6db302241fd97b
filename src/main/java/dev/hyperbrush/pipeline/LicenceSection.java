package dev.hyperbrush.pipeline;

import java.net.URI;
import java.util.Optional;

/** One entry under {@code licences} in {@code models.yaml}. */
final class LicenceSection {
  static Licence read(String id, YamlSection yaml) {
    Licence licence =
        new Licence(
            id,
            yaml.text("name").orElse(id),
            yaml.read("url", "an address that begins with https://", LicenceSection::https)
                .orElseThrow(() -> yaml.missing("url", "where its text is")),
            yaml.flag("nonCommercial", false),
            yaml.text("summary").orElse(""));
    yaml.refuseUnknownKeys();
    return licence;
  }

  private static Optional<URI> https(String text) {
    return Optional.of(URI.create(text)).filter(url -> "https".equals(url.getScheme()));
  }

  private LicenceSection() {}
}
