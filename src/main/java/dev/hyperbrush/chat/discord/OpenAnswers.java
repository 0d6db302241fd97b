package dev.hyperbrush.chat.discord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.Outcome;
import dev.hyperbrush.delivery.Post;
import dev.hyperbrush.delivery.ProgressBoard;
import dev.hyperbrush.delivery.Withdrawal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The answers that are being given. A picture can be there before the answer that it is to take the
 * place of: it waits for that, as Discord would refuse it, or the answer take its place. Holds
 * within this process, which alone has them. Thread-safe.
 */
final class OpenAnswers {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_LOST = 10_000;

  private final Map<String, CountDownLatch> open = new ConcurrentHashMap<>();
  private final Cache<String, Boolean> lost =
      Caffeine.newBuilder()
          .maximumSize(MOST_LOST)
          .expireAfterWrite(DiscordAddress.Hook.VALID)
          .build();

  /** Is being given from here on, until {@link #given}. */
  void begin(DiscordAddress.Hook hook) {
    open.put(hook.token(), new CountDownLatch(1));
  }

  /** There is nothing more to be said, or it cannot be. */
  void given(DiscordAddress.Hook hook) {
    Optional.ofNullable(open.remove(hook.token())).ifPresent(CountDownLatch::countDown);
  }

  /** Cannot be given any more: it came too late. */
  void lost(DiscordAddress.Hook hook) {
    lost.put(hook.token(), true);
  }

  /** A courier that waits until answers are given, and posts nothing in place of lost ones. */
  Courier before(Courier courier) {
    return new Courier() {
      @Override
      public Outcome post(Post post) throws IOException, InterruptedException {
        await(post.address());
        return isLost(post.address())
            ? new Outcome.NextRung("the interaction was answered too late")
            : courier.post(post);
      }

      @Override
      public Outcome withdraw(Withdrawal withdrawal) throws IOException, InterruptedException {
        await(withdrawal.address());
        return courier.withdraw(withdrawal);
      }
    };
  }

  /** A board that shows nothing in place of an answer that is not given yet. */
  ProgressBoard before(ProgressBoard board) {
    return progress -> {
      if (latch(progress.address()).isEmpty()) {
        board.show(progress);
      }
    };
  }

  private Optional<CountDownLatch> latch(String address) {
    return token(address).flatMap(token -> Optional.ofNullable(open.get(token)));
  }

  private boolean isLost(String address) {
    return token(address).filter(token -> lost.getIfPresent(token) != null).isPresent();
  }

  private static Optional<String> token(String address) {
    return DiscordAddress.parse(address)
        .filter(DiscordAddress.Hook.class::isInstance)
        .map(hook -> ((DiscordAddress.Hook) hook).token());
  }

  private void await(String address) throws InterruptedException {
    Optional<CountDownLatch> latch = latch(address);
    if (latch.isPresent()) {
      boolean _ = latch.get().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
