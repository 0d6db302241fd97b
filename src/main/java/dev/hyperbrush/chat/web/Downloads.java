package dev.hyperbrush.chat.web;

import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/downloads/CODE}: the files that came with answers, each once and for ten minutes.
 * They are made while they are sent. Thread-safe.
 */
final class Downloads {
  private static final Duration VALID = Duration.ofMinutes(10);

  /**
   * A list of models has a picture each; they must not push out what somebody else was promised.
   */
  private static final int MOST = 1000;

  private static final int CODE_BYTES = 16;

  private final SecureRandom chance = new SecureRandom();
  private final InstantSource clock;
  private final Map<String, Offer> offers = new LinkedHashMap<>();

  Downloads(InstantSource clock) {
    this.clock = clock;
  }

  private record Offer(Attachment file, Instant end) {}

  void addTo(RoutesConfig routes) {
    routes.get("/api/downloads/{code}", this::send);
  }

  /** Where a file can be fetched. */
  synchronized String offer(Attachment file) {
    Instant now = clock.instant();
    offers.values().removeIf(offer -> !offer.end().isAfter(now));
    if (offers.size() >= MOST) {
      offers.remove(offers.keySet().iterator().next());
    }
    byte[] bytes = new byte[CODE_BYTES];
    chance.nextBytes(bytes);
    String code = HexFormat.of().formatHex(bytes);
    offers.put(code, new Offer(file, now.plus(VALID)));
    return "/api/downloads/" + code;
  }

  /** The file of a code, which then is used up. */
  synchronized Optional<Attachment> take(String code) {
    return Optional.ofNullable(offers.remove(code))
        .filter(offer -> offer.end().isAfter(clock.instant()))
        .map(Offer::file);
  }

  private void send(Context request) throws IOException {
    Attachment file =
        take(request.pathParam("code"))
            .orElseThrow(() -> new Refusal(ReasonCode.WEB_NOT_FOUND, request.path()));
    request
        .contentType(file.mediaType())
        .header("Cache-Control", "no-store")
        .header("Content-Disposition", "attachment; filename=\"" + file.name() + '"')
        .result(file.content().open());
  }
}
