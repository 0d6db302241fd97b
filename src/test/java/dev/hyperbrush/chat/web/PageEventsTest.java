package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.queue.Subscription;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageEventsTest {
  @Test
  void aBrowserThatDoesNotReadDelaysNobody(@TempDir Path data) {
    Jam jam = new Jam();
    try (OpenPage page = new OpenPage(data)) {
      EventStream stream = new EventStream(jam, WebServer.json());
      PageEvents events =
          new PageEvents(stream, page.ownJobs(), page.queue().events(), Locale.ENGLISH);
      try (Subscription _ = page.queue().events().subscribe(events)) {
        page.draw("a red circle");
        await().until(() -> jam.reached.getCount() == 0);

        assertThat(page.draw("a green circle").path("state").asText()).isEqualTo("done");
      } finally {
        jam.end.countDown();
        events.close();
      }
    }
  }

  /** The connection of a browser that has stopped reading: writing waits. */
  private static final class Jam extends ServletOutputStream {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public void write(int any) throws IOException {
      reached.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException("blocking only");
    }
  }
}
