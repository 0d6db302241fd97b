package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * The configuration files that Stability AI and Runway published with their models, as far as they
 * matter here. Single files carry none, and what shapes do not tell is as in these.
 */
final class PublishedConfig {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A fresh copy.
   *
   * @param part {@code unet}, {@code vae}, {@code text_encoder}, {@code text_encoder_2} or {@code
   *     scheduler}
   */
  static ObjectNode of(ModelFamily family, String part) {
    String name = family.name().toLowerCase(Locale.ROOT) + "/" + part + ".json";
    try (InputStream in = PublishedConfig.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was packed without " + name);
      }
      return (ObjectNode) JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PublishedConfig() {}
}
