package dev.hyperbrush.chat.web;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong is answered with a code and a sentence; the log gets the cause. */
final class Errors {
  private static final Logger log = LoggerFactory.getLogger(Errors.class);

  /** What went wrong, as JSON. */
  record ErrorJson(String code, String text) {}

  static void addTo(RoutesConfig routes) {
    routes.exception(Refusal.class, (refusal, request) -> answer(request, refusal.phrase()));
    routes.exception(HttpResponseException.class, (e, request) -> unknown(request));
    routes.exception(
        Exception.class,
        (e, request) -> {
          log.error("{} {} failed", request.method(), request.path(), e);
          answer(request, Phrase.of(ReasonCode.WEB_FAILED));
        });
  }

  /** Javalin itself refuses a path that no route has, and a method that its route does not take. */
  private static void unknown(Context request) {
    answer(request, Phrase.of(ReasonCode.WEB_NOT_FOUND, request.path()));
  }

  static void answer(Context request, Phrase phrase) {
    String text = Texts.say(PageTexts.languageOf(request), phrase);
    request.status(status(phrase.code())).json(new ErrorJson(phrase.code().name(), text));
  }

  /** The HTTP status of a reason; refusals of verbs are all the client's to mend. */
  static HttpStatus status(ReasonCode code) {
    return switch (code) {
      case WEB_SIGN_IN_NEEDED -> HttpStatus.UNAUTHORIZED;
      case WEB_HOST_FOREIGN, WEB_ORIGIN_FOREIGN -> HttpStatus.FORBIDDEN;
      case WEB_NOT_FOUND, PICTURE_MISSING -> HttpStatus.NOT_FOUND;
      case WEB_BODY_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
      case WEB_BODY_NOT_JSON -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
      case WEB_TOO_MANY_PAGES -> HttpStatus.SERVICE_UNAVAILABLE;
      case WEB_FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
      default -> HttpStatus.BAD_REQUEST;
    };
  }

  private Errors() {}
}
