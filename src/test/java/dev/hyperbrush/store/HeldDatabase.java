package dev.hyperbrush.store;

import java.util.concurrent.CountDownLatch;

/** A database in which nothing can be written until this is closed: whoever writes waits. */
public final class HeldDatabase implements AutoCloseable {
  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread holder;

  private HeldDatabase(Database database) {
    holder = Thread.ofPlatform().start(() -> database.write(_ -> hold()));
  }

  public static HeldDatabase hold(Database database) throws InterruptedException {
    HeldDatabase held = new HeldDatabase(database);
    held.busy.await();
    return held;
  }

  private boolean hold() {
    busy.countDown();
    try {
      done.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      holder.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
