package dev.hyperbrush.chat.web;

import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.Outcome;
import dev.hyperbrush.delivery.Post;
import dev.hyperbrush.delivery.Withdrawal;
import dev.hyperbrush.queue.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to the open pages: a post is there when one of them has taken it. Without an open page it
 * waits, and is found when the next one opens. Thread-safe.
 */
final class WebCourier implements Courier {
  /** A browser that reads nothing for so long does not count as an open page. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(WebCourier.class);

  private final Set<PageEvents> pages = ConcurrentHashMap.newKeySet();

  /** From here on, this page is told. */
  Subscription opened(PageEvents page) {
    pages.add(page);
    return () -> pages.remove(page);
  }

  /** Each page on a thread of its own: one that does not read must not keep it from the others. */
  @Override
  public Outcome post(Post post) throws InterruptedException {
    List<PageEvents> open = List.copyOf(pages);
    BlockingQueue<Boolean> answers = new ArrayBlockingQueue<>(open.size() + 1);
    open.forEach(page -> Thread.ofVirtual().start(() -> answers.add(tell(page, post))));
    for (int i = 0; i < open.size(); i++) {
      if (Boolean.TRUE.equals(answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))) {
        return Outcome.done();
      }
    }
    return new Outcome.NextRung("no page is open");
  }

  private static boolean tell(PageEvents page, Post post) {
    try {
      return page.tell(post.job().id());
    } catch (RuntimeException e) {
      log.warn("A page could not be told of job {}", post.job().id(), e);
      return false;
    }
  }

  /** Pages hear of deletions by themselves. */
  @Override
  public Outcome withdraw(Withdrawal withdrawal) {
    return Outcome.done();
  }
}
