package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what is wrong with the connection to Telegram: once, not at every try, and when
 * it is over. What libraries say of it is left out: they name addresses, and the token is part of
 * those. Thread-safe.
 */
final class ConnectionNews {
  private static final Logger log = LoggerFactory.getLogger(ConnectionNews.class);

  private final String server;
  private Optional<ReasonCode> told = Optional.empty();

  /**
   * About the connection to a server.
   *
   * @param server to name
   */
  ConnectionNews(String server) {
    this.server = server;
  }

  /** Telegram answers with an error. */
  void refused(int status) {
    switch (status) {
      case 401, 404 -> tell(Phrase.of(ReasonCode.TELEGRAM_TOKEN_WRONG));
      case 409 -> tell(Phrase.of(ReasonCode.TELEGRAM_POLLED_ELSEWHERE));
      case 429 -> {} // asks to wait, and is obeyed
      default -> tell(Phrase.of(ReasonCode.TELEGRAM_UNREACHABLE, server, "HTTP " + status));
    }
  }

  /** There is no answer. */
  void unreachable(IOException failure) {
    tell(Phrase.of(ReasonCode.TELEGRAM_UNREACHABLE, server, failure.getClass().getSimpleName()));
  }

  /** A call has failed. */
  void failed(TelegramFailure failure) {
    if (failure.code() > 0) {
      refused(failure.code());
    } else {
      tell(Phrase.of(ReasonCode.TELEGRAM_UNREACHABLE, server, failure.description()));
    }
  }

  /** Whether the same will fail until somebody puts the right token in place. */
  static boolean isWrongToken(TelegramFailure failure) {
    return failure.code() == 401 || failure.code() == 404;
  }

  private synchronized void tell(Phrase what) {
    if (!told.equals(Optional.of(what.code()))) {
      told = Optional.of(what.code());
      log.warn(what.english());
    }
  }

  /** It works. */
  synchronized void fine() {
    if (told.isPresent()) {
      told = Optional.empty();
      log.info("Telegram can be reached again");
    }
  }
}
