package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.store.DeliveryState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the ends of jobs reach the page, over real HTTP and through the outbox. */
final class EndedTest {
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
  void anOpenPageIsToldAndThatIsNoted() throws Exception {
    try (SseReader events = page.events()) {
      assertThat(events.next().name()).isEqualTo("hello");
      long job = submit("an unlucky circle");

      JsonNode told = events.awaitNext("job");
      while (!told.path("state").asText().equals("failed")) {
        told = events.awaitNext("job");
      }

      assertThat(told.path("id").asLong()).isEqualTo(job);
      assertThat(told.at("/error/code").asText()).isEqualTo("DRAWING_FAILED");
      awaitState(job, DeliveryState.POSTED);
    }
  }

  @Test
  void withoutAnOpenPageItWaitsAndIsFoundWhenOneOpens() {
    long done = submit(RED);
    long failed = submit("an unlucky circle");
    awaitState(done, DeliveryState.WAITING);
    awaitState(failed, DeliveryState.WAITING);

    JsonNode ended = page.json("/api/ended");

    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).path("id").asLong()).isEqualTo(failed);
    assertThat(ended.get(0).at("/error/text").asText()).contains("it was unlucky");
    assertThat(state(done)).as("the gallery shows it").isEqualTo(DeliveryState.SHOWN);
    assertThat(page.json("/api/ended")).as("not dismissed").hasSize(1);
  }

  @Test
  void whatSomebodyElseCancelsIsToldTooUntilItIsDismissed() {
    page.painter().holdBack();
    long job = submit(RED);
    await().until(() -> page.queue().cancelForOther(job));
    awaitState(job, DeliveryState.WAITING);
    assertThat(page.json("/api/ended").get(0).path("state").asText()).isEqualTo("cancelled");

    assertThat(page.delete("/api/ended/" + job).statusCode()).isEqualTo(204);

    assertThat(page.json("/api/ended")).isEmpty();
    assertThat(page.delete("/api/ended/" + job).statusCode()).isEqualTo(204);
    assertThat(page.delete("/api/ended/x").statusCode()).isEqualTo(404);
    assertThat(page.delete("/api/ended/" + job, "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
  }

  @Test
  void jobsOfOthersAreNotListed() {
    long other = page.submitForSomebodyElse("an unlucky circle");
    await().until(() -> page.deliveries().ofJob(other).isPresent());

    assertThat(page.json("/api/ended")).isEmpty();
    page.delete("/api/ended/" + other);

    assertThat(state(other)).isEqualTo(DeliveryState.WAITING);
  }

  @Test
  void aFailureIsGoneWithItsJob() {
    long job = submit("an unlucky circle");
    awaitState(job, DeliveryState.WAITING);

    page.post("/api/command", "{\"line\":\"/delete " + job + "\"}");

    assertThat(page.json("/api/ended")).isEmpty();
    await().until(() -> page.deliveries().ofJob(job).isEmpty());
  }

  private long submit(String line) {
    String reply = page.post("/api/command", "{\"line\":\"" + line + "\"}").body();
    return page.read(reply).at("/jobs/0/id").asLong();
  }

  private void awaitState(long job, DeliveryState state) {
    await()
        .until(
            () -> page.deliveries().ofJob(job).filter(each -> each.state() == state).isPresent());
  }

  private DeliveryState state(long job) {
    return page.deliveries().ofJob(job).orElseThrow().state();
  }
}
