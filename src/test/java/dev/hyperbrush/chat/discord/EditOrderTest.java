package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class EditOrderTest {
  private final EditOrder order = new EditOrder();
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void theEndWaitsForTheEditBeingMade() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Thread board =
        start(() ->
            order.progress(
                1,
                () -> {
                  begun.countDown();
                  go.await();
                  done.add("progress");
                }));
    begun.await();
    Thread courier =
        start(() -> {
          order.awaitProgress(1);
          done.add("end");
        });
    await().until(() -> courier.getState() == Thread.State.WAITING);
    order.progress(1, () -> done.add("never"));
    go.countDown();
    board.join();
    courier.join();
    assertThat(done).containsExactly("progress", "end");
  }

  private interface Work {
    void run() throws Exception;
  }

  private static Thread start(Work work) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            work.run();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }
}
