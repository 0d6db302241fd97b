package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.TestClock;
import dev.hyperbrush.chat.Attachment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come with answers, over real HTTP. */
final class DownloadsTest {
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
  void anExportIsDownloadedOnce() throws IOException {
    page.post("/api/command", "{\"line\":\"a red circle\"}");
    JsonNode file =
        page.read(page.post("/api/command", "{\"line\":\"/export\"}").body()).path("file");
    assertThat(file.path("name").asText()).isEqualTo("hyperbrush-1.zip");

    HttpResponse<byte[]> zip = page.getBytes(file.path("url").asText());

    assertThat(zip.headers().firstValue("Content-Type")).contains("application/zip");
    assertThat(zip.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"hyperbrush-1.zip\"");
    assertThat(names(zip.body())).contains("README.txt", "jobs.json", "identities.json");
    assertThat(page.get(file.path("url").asText()).statusCode()).isEqualTo(404);
    assertThat(page.read(page.post("/api/command", "{\"line\":\"/export\"}").body()).path("file"))
        .as("the first has ended")
        .isNotEmpty();
  }

  @Test
  void otherSitesCannotFetchOne() {
    String url =
        page.read(page.post("/api/command", "{\"line\":\"/export\"}").body())
            .at("/file/url")
            .asText();
    assertThat(page.get(url, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(page.get("/api/downloads/0000").statusCode()).isEqualTo(404);
  }

  @Test
  void theChosenLanguageIsThatOfThePage() {
    page.post("/api/command", "{\"line\":\"/language de\"}", "Accept-Language", "en");
    assertThat(page.get("/api/texts", "Accept-Language", "en").body()).contains("Löschen");
    assertThat(page.post("/api/command", "{\"line\":\" /cancel\"}", "Accept-Language", "en").body())
        .contains("Keines deiner Bilder");
  }

  @Test
  void whoIsForgottenGoesOnAsSomebodyNew() {
    page.post("/api/command", "{\"line\":\"a red circle\"}");
    page.post("/api/command", "{\"line\":\"/forget-me --yes\"}");
    assertThat(page.read(page.get("/api/history").body()).path("jobs")).isEmpty();
    page.post("/api/command", "{\"line\":\"a blue circle\"}");
    assertThat(page.read(page.get("/api/history").body()).path("jobs")).hasSize(1);
  }

  @Test
  void anOfferEndsAfterTenMinutesAndTheOldestWhenThereAreMany() {
    TestClock clock = new TestClock();
    Downloads downloads = new Downloads(clock);
    Attachment file = new Attachment("a.zip", "application/zip", 1, InputStream::nullInputStream);
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < 1001; i++) {
      urls.add(downloads.offer(file));
    }
    assertThat(urls).doesNotHaveDuplicates();
    assertThat(downloads.take(code(urls.getFirst()))).isEmpty();
    assertThat(downloads.take(code(urls.get(1)))).contains(file);
    clock.advance(Duration.ofMinutes(10));
    assertThat(downloads.take(code(urls.getLast()))).isEmpty();
  }

  private static String code(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static List<String> names(byte[] zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
