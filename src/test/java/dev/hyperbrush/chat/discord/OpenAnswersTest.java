package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.Outcome;
import dev.hyperbrush.delivery.Post;
import dev.hyperbrush.delivery.Withdrawal;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Pictures that are there before the answer whose place they take. */
final class OpenAnswersTest {
  private static final DiscordAddress.Hook HOOK =
      DiscordAddress.Hook.of(1, "token", Instant.EPOCH, 5);

  private final OpenAnswers open = new OpenAnswers();
  private final Courier courier =
      open.before(
          new Courier() {
            @Override
            public Outcome post(Post post) {
              return Outcome.posted("posted");
            }

            @Override
            public Outcome withdraw(Withdrawal withdrawal) {
              return Outcome.posted("withdrawn");
            }
          });

  private Outcome withdraw() throws Exception {
    return courier.withdraw(new Withdrawal(1, HOOK.encode(), Optional.empty(), "nonce"));
  }

  @Test
  void waitUntilItIsGiven() throws Exception {
    open.begin(HOOK);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Thread> waiting = new CompletableFuture<>();
      var outcome =
          threads.submit(() -> {
            waiting.complete(Thread.currentThread());
            return withdraw();
          });
      await().until(() -> waiting.join().getState() == Thread.State.TIMED_WAITING);
      assertThat(outcome.isDone()).isFalse();
      open.given(HOOK);
      assertThat(outcome.get()).isEqualTo(Outcome.posted("withdrawn"));
    }
    assertThat(withdraw()).isEqualTo(Outcome.posted("withdrawn"));
  }
}
