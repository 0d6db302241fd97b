package dev.hyperbrush.queue;

/** Closing it ends it; a second time does nothing. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
