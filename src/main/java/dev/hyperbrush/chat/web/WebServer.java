package dev.hyperbrush.chat.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.BacklogDao;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.json.JavalinJackson;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The local page. Started once, thread-safe; requests run on virtual threads.
 *
 * <p>Whoever can open the page is one and the same person, who owns what was drawn from it.
 */
public final class WebServer implements AutoCloseable {
  /** What the page is called where there are several platforms. */
  public static final String PLATFORM = OwnJobs.PERSON.platform();

  /** Scripts, styles and pictures come from here alone; nothing may frame the page. */
  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
              + " form-action 'self'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin");

  private final Javalin javalin;
  private final EventRoutes events;
  private final WebCourier courier;
  private final String url;

  private WebServer(Javalin javalin, EventRoutes events, WebCourier courier, String url) {
    this.javalin = javalin;
    this.events = events;
    this.courier = courier;
    this.url = url;
  }

  /**
   * Starts to listen.
   *
   * @throws Refusal when the port is taken or may not be used
   */
  public static WebServer start(
      WebSettings settings,
      Commands commands,
      JobQueue queue,
      PictureStore files,
      PersonDao people,
      DeliveryDao deliveries,
      BacklogDao backlog) {
    ObjectMapper json = json();
    PageTexts texts = new PageTexts();
    OwnJobs jobs = new OwnJobs(queue, deliveries, commands, people);
    WebCourier courier = new WebCourier();
    Downloads downloads = new Downloads(InstantSource.system());
    EventRoutes events = new EventRoutes(jobs, queue.events(), courier, json);
    Javalin javalin =
        Javalin.create(config -> {
          configure(config, settings, json);
          RoutesConfig routes = config.routes;
          Errors.addTo(routes);
          routes.before(request -> SECURITY_HEADERS.forEach(request::header));
          routes.before(new Guard(settings)::check);
          Assets assets = new Assets(texts);
          new Door(settings.accessToken(), assets, jobs::language).addTo(routes);
          assets.addTo(routes);
          new ApiRoutes(commands, jobs, texts, json, downloads).addTo(routes);
          downloads.addTo(routes);
          new PictureRoutes(jobs, files).addTo(routes);
          new EndedRoutes(jobs).addTo(routes);
          new BacklogRoutes(backlog).addTo(routes);
          events.addTo(routes);
        });
    try {
      tryToBind(settings);
      javalin.start();
    } catch (IOException | RuntimeException e) {
      throw cannotListen(settings, e);
    }
    return new WebServer(javalin, events, courier, settings.url(javalin.port()));
  }

  /** How the page's records are written and read: strictly, so that a slip is not passed over. */
  static ObjectMapper json() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addModule(new Jdk8Module())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .build();
  }

  private static void configure(JavalinConfig config, WebSettings settings, ObjectMapper json) {
    config.jetty.host = settings.address();
    config.jetty.port = settings.port();
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jsonMapper(new JavalinJackson(json, true));
  }

  /** Before Javalin does, which logs pages of stack traces about a port that is taken. */
  private static void tryToBind(WebSettings settings) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(settings.address(), settings.port()));
    }
  }

  private static Refusal cannotListen(WebSettings settings, Exception failure) {
    Optional<Throwable> bind =
        Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
            .filter(BindException.class::isInstance)
            .findFirst();
    String why = String.valueOf(bind.orElse(failure).getMessage());
    return new Refusal(whyNot(settings, why), failure);
  }

  private static Phrase whyNot(WebSettings settings, String why) {
    if (why.contains("in use")) {
      return Phrase.of(ReasonCode.WEB_PORT_IN_USE, settings.port(), settings.address());
    }
    if (why.contains("assign requested address")) {
      return Phrase.of(ReasonCode.WEB_ADDRESS_ELSEWHERE, settings.address());
    }
    return Phrase.of(ReasonCode.WEB_CANNOT_LISTEN, settings.address(), settings.port(), why);
  }

  /** Where a browser on this machine finds the page. */
  public String url() {
    return url;
  }

  /** Posts to the open pages. */
  public Courier courier() {
    return courier;
  }

  @Override
  public void close() {
    events.close();
    javalin.stop();
  }
}
