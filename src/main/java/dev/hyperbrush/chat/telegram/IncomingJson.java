package dev.hyperbrush.chat.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an {@link Incoming} is kept. */
final class IncomingJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final Logger log = LoggerFactory.getLogger(IncomingJson.class);

  static String write(Incoming incoming) {
    try {
      return MAPPER.writerFor(Incoming.class).writeValueAsString(incoming);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty when another version wrote what this one cannot read. */
  static Optional<Incoming> read(String json) {
    try {
      return Optional.of(MAPPER.readValue(json, Incoming.class));
    } catch (JsonProcessingException | NullPointerException e) {
      log.warn("An update from Telegram that was kept cannot be read: {}", e.getClass().getName());
      return Optional.empty();
    }
  }

  private IncomingJson() {}
}
