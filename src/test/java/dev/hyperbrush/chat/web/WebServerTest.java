package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's routes, over real HTTP. */
final class WebServerTest {
  private static final String RED = "a red circle on a blue background";

  @TempDir private Path data;
  private OpenPage page;

  @BeforeEach
  void open() {
    page = new OpenPage(data);
  }

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void thePageIsServedWithEveryFileItNeeds() {
    HttpResponse<String> index = page.get("/");

    assertThat(index.statusCode()).isEqualTo(200);
    assertThat(index.body()).contains("Hyperbrush").doesNotContain("{{");
    assertThat(index.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(index.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(index.headers().firstValue("Server")).isEmpty();
    assertThat(Assets.FILES)
        .allSatisfy(file -> assertThat(page.get("/" + file).statusCode()).as(file).isEqualTo(200));
  }

  @Test
  void filesThatHaveNotChangedAreNotSentAgain() {
    String etag = page.get("/app.js").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = page.get("/app.js", "If-None-Match", etag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void theWordsFollowTheBrowser() {
    assertThat(page.get("/", "Accept-Language", "de-AT,en;q=0.5").body())
        .contains("<html lang=\"de\">", "Malen");
    assertThat(page.get("/", "Accept-Language", "ja,en-US;q=0.9").body())
        .contains("<html lang=\"ja\">");
    assertThat(page.get("/", "Accept-Language", "zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7").body())
        .contains("<html lang=\"zh-CN\">");
    assertThat(page.get("/", "Accept-Language", "ja;q=0,en;q=0.1,de;q=0.5,*;q=0.9").body())
        .contains("<html lang=\"de\">");
    assertThat(page.get("/", "Accept-Language", "xx").body()).contains("<html lang=\"en\">");
    assertThat(page.get("/", "Accept-Language", ";;q=9,,\u00e4").statusCode()).isEqualTo(200);
    assertThat(page.get("/api/nothing", "Accept-Language", "de").body()).contains("WEB_NOT_FOUND");
  }

  @Test
  void verbsDeclareWhatTheControlsAreMadeOf() {
    JsonNode imagine = page.json("/api/verbs").get(0);

    assertThat(imagine.path("name").asText()).isEqualTo("imagine");
    assertThat(imagine.path("options").findValuesAsText("name")).contains("steps", "seed", "no");
    assertThat(imagine.path("options").findValuesAsText("help")).noneMatch(String::isBlank);
  }

  @Test
  void aLineIsDrawnAndItsPictureServed() throws Exception {
    JsonNode job = page.draw(RED + " --seed 9223372036854775807 --count 2");

    assertThat(job.path("pictures").findValuesAsText("seed"))
        .containsExactly("9223372036854775807", "0");
    HttpResponse<String> picture = page.get(job.at("/pictures/0/url").asText());
    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(picture.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    String etag = picture.headers().firstValue("ETag").orElseThrow();
    assertThat(page.get(job.at("/pictures/0/url").asText(), "If-None-Match", etag).statusCode())
        .isEqualTo(304);
    HttpResponse<String> download = page.get(job.at("/pictures/1/url").asText() + "?download");
    assertThat(download.headers().firstValue("Content-Disposition").orElseThrow())
        .isEqualTo(
            "attachment; filename=\"hyperbrush-"
                + job.path("id").asLong()
                + "-2-a-red-circle-on-a-blue-background.png\"");
  }

  @Test
  void hostilePromptsGiveHarmlessFileNames() {
    JsonNode job = page.draw("../../etc/\\\"passwd\\\"\\r\\nX-Evil: 1 \u732b");

    HttpResponse<String> download = page.get(job.at("/pictures/0/url").asText() + "?download");

    assertThat(download.headers().firstValue("Content-Disposition").orElseThrow())
        .matches("attachment; filename=\"[a-z0-9.-]+\"");
    assertThat(download.headers().firstValue("X-Evil")).isEmpty();
  }

  @Test
  void historyIsSearchedAndPaged() {
    for (int i = 0; i < 31; i++) {
      page.draw((i == 3 ? "a green circle " : "a red circle ") + i);
    }

    JsonNode first = page.json("/api/history");
    JsonNode second = page.json("/api/history?before=" + first.path("before").asLong());

    assertThat(first.path("jobs")).hasSize(30);
    assertThat(second.path("jobs")).hasSize(1);
    assertThat(second.path("before").isNull()).isTrue();
    JsonNode found = page.json("/api/history?search=GREEN");
    assertThat(found.at("/jobs/0/prompt").asText()).isEqualTo("a green circle 3");
    assertThat(found.path("jobs")).hasSize(1);
  }

  @Test
  void buttonsArePressed() {
    JsonNode job = page.draw(RED);
    String delete = action(job, "delete");

    HttpResponse<String> reply = page.post("/api/press", "{\"action\":\"" + delete + "\"}");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(page.get("/api/jobs/" + job.path("id").asLong()).statusCode()).isEqualTo(404);
    assertThat(page.get(job.at("/pictures/0/url").asText()).statusCode()).isEqualTo(404);
    assertThat(page.post("/api/press", "{\"action\":\"" + delete + "\"}").statusCode())
        .isBetween(400, 404);
  }

  @Test
  void formsHandTheirValuesInAsTheyAre() {
    String prompt = "a red --circle \"x\" on a /blue background";

    JsonNode job =
        page.form("imagine", Map.of("prompt", prompt, "steps", "3", "no", "--seed 7"))
            .at("/jobs/0");

    assertThat(job.path("prompt").asText()).isEqualTo(prompt);
    assertThat(job.path("negative").asText()).isEqualTo("--seed 7");
    assertThat(job.path("steps").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"verb\":\"imagine\",\"values\":{\"prompt\":null}}",
        "{\"verb\":\"imagine\"}",
        "{\"verb\":\"nothing\",\"values\":{}}",
        "{\"verb\":\"imagine\",\"values\":{\"prompt\":\"x\",\"unheard\":\"1\"}}"
      })
  void formsThatCannotBeReadAreRefused(String form) {
    HttpResponse<String> answer = page.post("/api/form", form);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(page.read(answer.body()).path("text").asText()).isNotEmpty();
  }

  @Test
  void refusalsAreSentencesWithACode() {
    HttpResponse<String> reply = page.post("/api/command", "{\"line\":\"red --stepps 4\"}");

    assertThat(reply.statusCode()).isEqualTo(400);
    JsonNode error = page.read(reply.body());
    assertThat(error.path("code").asText()).matches("[A-Z_]+");
    assertThat(error.path("text").asText()).contains("stepps", "--steps");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"line\":                  | WEB_BODY_BROKEN",
        "[]                          | WEB_BODY_BROKEN",
        "null                        | WEB_BODY_BROKEN",
        "{}                          | WEB_BODY_BROKEN",
        "{\"line\":null}             | WEB_BODY_BROKEN",
        "{\"line\":\"a\",\"more\":1} | WEB_BODY_BROKEN",
      })
  void brokenJsonIsRefused(String body, String code) {
    HttpResponse<String> reply = page.post("/api/command", body);

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(page.read(reply.body()).path("code").asText()).isEqualTo(code);
    assertThat(reply.body()).doesNotContain("java", "jackson", "at dev.");
  }

  @Test
  void bodiesThatAreTooLargeAreRefusedWhetherTheySayHowLargeOrNot() {
    String large = "{\"line\":\"" + "x".repeat(ApiRoutes.BODY_LIMIT) + "\"}";

    assertThat(page.read(page.post("/api/command", large).body()).path("code").asText())
        .isEqualTo("WEB_BODY_TOO_LARGE");
    assertThat(page.read(page.postChunked("/api/command", large).body()).path("code").asText())
        .isEqualTo("WEB_BODY_TOO_LARGE");
  }

  @Test
  void otherSitesCannotMakeTheBrowserPost() {
    String line = "{\"line\":\"red\"}";

    assertThat(code(page.post("/api/command", line, "Origin", "https://evil.example")))
        .isEqualTo("WEB_ORIGIN_FOREIGN");
    assertThat(code(page.post("/api/command", line, "Origin", "null")))
        .isEqualTo("WEB_ORIGIN_FOREIGN");
    assertThat(code(page.post("/api/command", line, "Sec-Fetch-Site", "same-site")))
        .isEqualTo("WEB_ORIGIN_FOREIGN");
    assertThat(code(page.post("/api/command", line, "Content-Type", "text/plain")))
        .isEqualTo("WEB_BODY_NOT_JSON");
    assertThat(page.json("/api/history").path("jobs")).isEmpty();
    String own = page.url().replaceAll("/$", "");
    assertThat(page.post("/api/command", line, "Origin", own).statusCode()).isEqualTo(200);
  }

  @Test
  void otherSitesCannotShowThePicturesButLinksWork() {
    assertThat(code(page.get("/pictures/1/0.png", "Sec-Fetch-Site", "cross-site")))
        .isEqualTo("WEB_ORIGIN_FOREIGN");
    assertThat(
            page.get("/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.168.0.7", ""})
  void foreignHostNamesAreRefused(String host) throws IOException {
    assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .matches("HTTP/1.1 40[03] .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:1234", "[::1]:80", "LOCALHOST"})
  void ownHostNamesAreServed(String host) throws IOException {
    assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pictures/..%2f..%2fdb/hyperbrush.mv.db",
        "/pictures/../../etc/passwd",
        "/pictures/1/0.png%00.txt",
        "/pictures/1/..%2f0.png",
        "/pictures/99999999999999999999/0.png",
        "/pictures/1/0",
        "/page/index.html",
        "/../page/index.html",
        "/%2e%2e/texts/en.json",
        "/api/jobs/1",
        "/api/jobs/-1",
        "/api/jobs/x",
        "/nothing",
      })
  void whatIsNotThereIsNotFound(String path) throws IOException {
    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .matches("HTTP/1.1 40[04] .*");
  }

  @Test
  void jobsOfOthersAreNotShown() {
    long other = page.submitForSomebodyElse(RED);

    assertThat(page.get("/api/jobs/" + other).statusCode()).isEqualTo(404);
    assertThat(page.json("/api/history").path("jobs")).isEmpty();
    page.awaitDone(other);
    assertThat(page.get("/pictures/" + other + "/0.png").statusCode()).isEqualTo(404);
  }

  @Test
  void whatHappensIsToldAsItHappens() throws Exception {
    page.painter().holdBack();
    try (SseReader events = page.events()) {
      assertThat(events.next().name()).isEqualTo("hello");
      page.post("/api/command", "{\"line\":\"" + RED + " --steps 2\"}");
      assertThat(events.awaitNext("job").path("prompt").asText()).isEqualTo(RED);

      page.painter().step();

      JsonNode progress = events.awaitNext("progress");
      assertThat(progress.path("step").asInt()).isEqualTo(1);
      assertThat(progress.path("steps").asInt()).isEqualTo(2);
      assertThat(progress.path("preview").asText()).startsWith("data:image/png;base64,");
      page.painter().letGo();
      JsonNode done = events.awaitNext("job");
      while (!done.path("state").asText().equals("done")) {
        done = events.awaitNext("job");
      }
      assertThat(done.path("pictures")).hasSize(1);
      page.post("/api/press", "{\"action\":\"" + action(done, "delete") + "\"}");
      assertThat(events.awaitNext("removed").path("id").asLong())
          .isEqualTo(done.path("id").asLong());
    }
  }

  @Test
  @Timeout(20)
  void aDeletionThatIsTypedIsToldToo() throws Exception {
    long id = page.draw(RED).path("id").asLong();
    try (SseReader events = page.events()) {
      assertThat(events.next().name()).isEqualTo("hello");

      page.post("/api/command", "{\"line\":\"/delete " + id + "\"}");

      assertThat(events.awaitNext("removed").path("id").asLong()).isEqualTo(id);
    }
  }

  @Test
  void moreOpenPagesThanThereAreThreadsForAreRefused() throws Exception {
    List<SseReader> open = new ArrayList<>();
    try {
      for (int i = 0; i < EventRoutes.MOST_PAGES; i++) {
        SseReader events = page.events();
        open.add(events);
        events.next();
      }
      assertThat(code(page.get("/api/events"))).isEqualTo("WEB_TOO_MANY_PAGES");
      assertThat(page.get("/health").statusCode()).isEqualTo(200);
    } finally {
      open.forEach(SseReader::close);
    }
    await()
        .ignoreExceptionsInstanceOf(IOException.class) // as long as it is refused
        .untilAsserted(() -> {
          page.draw(RED); // at the next write the server notices who has left
          try (SseReader events = page.events()) {
            assertThat(events.next().name()).isEqualTo("hello");
          }
        });
  }

  @Test
  @Timeout(20)
  void closingEndsOpenStreams() throws Exception {
    SseReader events = page.events();
    events.next();

    page.closeServer();

    events.awaitEnd();
    assertThatThrownBy(() -> page.get("/")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> page.start(WebSettings.local(port)))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.WEB_PORT_IN_USE))
          .hasMessageContaining(String.valueOf(port));
    }
  }

  @Test
  void aPageForTheNetworkNeedsALongToken() {
    assertThatThrownBy(() -> new WebSettings("0.0.0.0", 0, Optional.empty(), List.of()))
        .hasMessageContaining("HYPERBRUSH_WEB_TOKEN")
        .hasMessageContaining("web.tokenFile");
    assertThatThrownBy(() -> new WebSettings("0.0.0.0", 0, Optional.of("short"), List.of()))
        .hasMessageContaining("at least 16");
    assertThatThrownBy(
            () -> new WebSettings("no.such.host.invalid", 0, Optional.empty(), List.of()))
        .hasMessageContaining("no.such.host.invalid");
    assertThatThrownBy(() -> WebSettings.local(70_000)).hasMessageContaining("70000");
  }

  @Test
  void aTokenOpensThePageOnceAndForLater(@TempDir Path lockedData) {
    String token = "correct horse battery";
    WebSettings settings = new WebSettings("127.0.0.1", 0, Optional.of(token), List.of());
    try (OpenPage locked = new OpenPage(lockedData, settings)) {
      assertThat(locked.get("/").statusCode()).isEqualTo(401);
      assertThat(locked.get("/").body()).contains("type=\"password\"");
      assertThat(locked.get("/style.css").statusCode()).isEqualTo(200);
      assertThat(locked.get("/health").statusCode()).isEqualTo(200);
      assertThat(code(locked.get("/api/history"))).isEqualTo("WEB_SIGN_IN_NEEDED");
      assertThat(code(locked.get("/pictures/1/0.png"))).isEqualTo("WEB_SIGN_IN_NEEDED");
      assertThat(code(locked.get("/api/history", "Authorization", "Bearer wrong")))
          .isEqualTo("WEB_SIGN_IN_NEEDED");
      assertThat(locked.get("/").body()).doesNotContain("not the token");
      assertThat(locked.get("/?token=wrong").statusCode()).isEqualTo(401);
      assertThat(locked.get("/?token=wrong").body()).contains("not the token");
      assertThat(locked.get("/api/history", "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(200);

      HttpResponse<String> login = locked.get("/?token=correct%20horse%20battery");

      String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain("horse");
      assertThat(locked.get("/", "Cookie", cookie.replaceFirst(";.*", "")).statusCode())
          .isEqualTo(200);
      assertThat(locked.get("/", "Cookie", "hyperbrush=0000").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aFormWithTheTokenOpensThePage(@TempDir Path lockedData) {
    String token = "correct horse battery";
    WebSettings settings = new WebSettings("127.0.0.1", 0, Optional.of(token), List.of());
    String[] form = {"Content-Type", "application/x-www-form-urlencoded"};
    try (OpenPage locked = new OpenPage(lockedData, settings)) {
      HttpResponse<String> wrong = locked.post("/", "token=wrong", form);
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body()).contains("That is not the token.");
      assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(locked.post("/", "", form).statusCode()).isEqualTo(401);

      HttpResponse<String> login = locked.post("/", "token=correct+horse%20battery+", form);

      assertThat(login.statusCode()).isEqualTo(200);
      assertThat(login.headers().firstValue("Set-Cookie").orElseThrow()).doesNotContain("horse");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    WebSettings elsewhere =
        new WebSettings("192.0.2.1", 0, Optional.of("correct horse battery"), List.of());

    assertThatThrownBy(() -> page.start(elsewhere))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.phrase().code()).isEqualTo(ReasonCode.WEB_ADDRESS_ELSEWHERE))
        .hasMessageContaining("192.0.2.1");
  }

  private String code(HttpResponse<String> response) {
    return page.read(response.body()).path("code").asText();
  }

  private static String action(JsonNode job, String verb) {
    for (JsonNode button : job.path("buttons")) {
      if (button.path("verb").asText().equals(verb)) {
        return button.path("action").asText();
      }
    }
    throw new AssertionError("no button " + verb + " in " + job);
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), URI.create(page.url()).getPort());
  }

  /** The status line that a request gets, sent as it is: HTTP clients would mend it. */
  private String raw(String request) throws IOException {
    try (Socket socket = connect();
        OutputStream out = socket.getOutputStream();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return String.valueOf(in.readLine());
    }
  }
}
