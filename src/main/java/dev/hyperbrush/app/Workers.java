package dev.hyperbrush.app;

import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.PictureEncoder;
import dev.hyperbrush.queue.SpareTime;
import dev.hyperbrush.queue.Worker;
import java.util.ArrayList;
import java.util.List;

/** Those who draw, at the same time: one for each card, or one alone on the CPU. Thread-safe. */
final class Workers implements AutoCloseable {
  private final List<Worker> workers = new ArrayList<>();

  private Workers() {}

  /**
   * Starts them. They take over the generators, and close them at their end.
   *
   * @param spare what the first of them draws while nobody wants anything
   */
  static Workers start(
      JobQueue queue, List<ImageGenerator> generators, PictureEncoder encoder, SpareTime spare) {
    Workers all = new Workers();
    for (ImageGenerator generator : generators) {
      SpareTime own = all.workers.isEmpty() ? spare : SpareTime.NONE;
      all.workers.add(Worker.start(queue, generator, encoder, own));
    }
    return all;
  }

  /** Together: each may take the time that stopping takes. */
  @Override
  public void close() {
    List<Thread> closings =
        workers.stream().map(worker -> Thread.ofVirtual().start(worker::close)).toList();
    try {
      for (Thread closing : closings) {
        closing.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
