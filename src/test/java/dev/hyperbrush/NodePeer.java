package dev.hyperbrush;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A program on Node.js under {@code src/test/peers}, with a client that others wrote. Thread-safe.
 */
public final class NodePeer implements AutoCloseable {
  private static final Path FOLDER = Path.of("src/test/peers");

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private NodePeer(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /**
   * Starts {@code peer.mjs}; skips the test, and says why, where Node.js or what the peer needs is
   * not installed.
   */
  public static NodePeer start(String name, String... arguments) throws IOException {
    Path folder = FOLDER.resolve(name);
    boolean installed = Files.isDirectory(folder.resolve("node_modules"));
    assumeTrue(installed, "skipped: run 'npm ci' in " + folder + " to test with " + name);
    List<String> command = new ArrayList<>(List.of("node", folder.resolve("peer.mjs").toString()));
    command.addAll(List.of(arguments));
    try {
      return new NodePeer(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      assumeTrue(false, "skipped: Node.js is not installed: " + e.getMessage());
      throw e;
    }
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("cannot be heard: " + e.getMessage());
    }
  }

  /** The next thing that it says, waited for. */
  public String line() throws InterruptedException {
    String line = lines.poll(20, SECONDS);
    return line == null ? "silence" : line;
  }

  /** Waits until it has ended by itself; its exit status. */
  public int awaitEnd() throws InterruptedException {
    return process.waitFor(20, SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
