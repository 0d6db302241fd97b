package dev.hyperbrush.chat;

import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.delivery.ChatPlatform;
import java.util.List;

/** People on one platform, each of whom wants one picture. Owned by one thread. */
interface LoadCrowd extends AutoCloseable {
  /** Brings the bot to them. */
  ChatPlatform start(AdapterParts parts);

  /** Waits until the bot listens. */
  void awaitBot();

  /** The next one asks. */
  void ask();

  /** Those who have asked so far do not count: the program was warming up. */
  void forget();

  /** How many have their picture. */
  long served();

  /** How long they waited for the first sign that the bot has heard them. */
  Latencies heard();

  /** Requests that the platform got. */
  int calls();

  /** What the bot did and must not. */
  List<String> violations();

  /** Messages of the bot that have a picture, all in all. */
  long pictures();

  @Override
  void close();
}
