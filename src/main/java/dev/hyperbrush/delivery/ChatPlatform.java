package dev.hyperbrush.delivery;

/** An adapter to a chat platform, running: what the rest of the bot needs of it. Thread-safe. */
public interface ChatPlatform extends AutoCloseable {
  /** What origins of jobs call it: {@code discord}. */
  String name();

  /** Posts there. What comes before the platform can be reached is tried again later. */
  Courier courier();

  /** Shows there how far jobs are. */
  ProgressBoard board();

  /** Takes no more commands. */
  @Override
  void close();
}
