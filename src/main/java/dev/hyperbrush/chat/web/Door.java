package dev.hyperbrush.chat.web;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The way in: the page itself, and the login before it where there is a token. Immutable. */
final class Door {
  private final Optional<AccessToken> token;
  private final Assets assets;
  private final Function<Context, Locale> language;

  /**
   * @param language of whoever may come in
   */
  Door(Optional<String> token, Assets assets, Function<Context, Locale> language) {
    this.token = token.map(AccessToken::new);
    this.assets = assets;
    this.language = language;
  }

  void addTo(RoutesConfig routes) {
    routes.before("/api/*", this::check);
    routes.before("/pictures/*", this::check);
    routes.get("/", this::enter);
    routes.post("/", this::signIn);
    routes.get("/health", request -> request.json(Map.of("status", "up")));
  }

  private void check(Context request) {
    if (!isOpen(request)) {
      throw new Refusal(ReasonCode.WEB_SIGN_IN_NEEDED);
    }
  }

  private boolean isOpen(Context request) {
    return token.isEmpty() || token.get().opens(request);
  }

  /** Of the link that the program prints at its start. */
  private void enter(Context request) {
    enter(request, Optional.ofNullable(request.queryParam("token")));
  }

  /** Of the form: in the body, so that no history keeps the token. */
  private void signIn(Context request) {
    enter(request, Optional.ofNullable(request.formParam("token")).map(String::strip));
  }

  private void enter(Context request, Optional<String> shown) {
    if (token.isPresent() && shown.filter(token.get()::matches).isPresent()) {
      token.get().remember(request);
      assets.sendPage(request, "welcome-back.html", HttpStatus.OK);
    } else if (isOpen(request)) {
      assets.sendPage(request, "index.html", HttpStatus.OK, language.apply(request));
    } else {
      assets.sendPage(
          request, "login.html", HttpStatus.UNAUTHORIZED, shown.map(wrong -> "loginWrong"));
    }
  }
}
