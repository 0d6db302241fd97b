package dev.hyperbrush;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A main class of the tests in a process of its own, which says lines and can be killed. */
public final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final Predicate<String> heard;
  private final BufferedReader lines;
  private final PrintWriter orders;

  private ChildProcess(Process process, Predicate<String> heard) {
    this.process = process;
    this.heard = heard;
    this.lines = process.inputReader();
    this.orders = new PrintWriter(process.outputWriter(), true);
  }

  /**
   * Starts one.
   *
   * @param words form of the lines that are not its logging
   */
  public static ChildProcess start(Class<?> main, String words, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start(),
        Pattern.compile(words).asMatchPredicate());
  }

  /** Tells it something. */
  public void order(String order) {
    orders.println(order);
  }

  /** The next thing it says, logging aside; empty when it is dead and all was heard. */
  public Optional<String> line() throws IOException {
    String line;
    do {
      line = lines.readLine();
    } while (line != null && !heard.test(line));
    return Optional.ofNullable(line);
  }

  /** SIGKILL on Unix. Through the handle, as the process itself would also close what it said. */
  public void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() throws IOException {
    kill();
    lines.close();
    orders.close();
  }
}
