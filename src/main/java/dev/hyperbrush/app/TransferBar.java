package dev.hyperbrush.app;

import dev.hyperbrush.install.Bytes;
import dev.hyperbrush.install.Watcher;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far a download is, how fast it goes and how long it still takes: one line of a terminal that
 * is drawn over itself, or a line for every tenth where output goes to a file. Thread-safe.
 */
final class TransferBar implements Watcher {
  private static final int WIDTH = 20;
  private static final long REDRAW = Duration.ofMillis(200).toNanos();
  private static final long MEASURE = Duration.ofSeconds(1).toNanos();

  /** How much the last second counts, against all before it. */
  private static final double NEWEST = 0.25;

  private final PrintWriter out;
  private final String name;
  private final LongSupplier nanos;
  private final boolean terminal;

  private long drawn;
  private long measured;
  private long measuredBytes = -1;
  private double bytesPerSecond;
  private int tenths;

  /**
   * @param nanos a clock such as {@link System#nanoTime}
   */
  TransferBar(PrintWriter out, String name, LongSupplier nanos, boolean terminal) {
    this.out = out;
    this.name = name;
    this.nanos = nanos;
    this.terminal = terminal;
    this.drawn = nanos.getAsLong() - REDRAW;
  }

  static TransferBar of(PrintWriter out, String name) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new TransferBar(out, name, System::nanoTime, terminal);
  }

  @Override
  public synchronized void progress(long done, long total) {
    long now = nanos.getAsLong();
    measure(done, now);
    if (terminal && (now - drawn >= REDRAW || done == total)) {
      drawn = now;
      out.print("\r\u001B[K" + line(done, total));
      out.flush();
    } else if (!terminal && total > 0 && done * 10 / total > tenths) {
      tenths = (int) (done * 10 / total);
      out.println(line(done, total));
      out.flush();
    }
  }

  private void measure(long done, long now) {
    if (measuredBytes < 0 || done < measuredBytes) {
      measuredBytes = done; // what an earlier run has brought is no speed
      measured = now;
    } else if (now - measured >= MEASURE) {
      double last = (done - measuredBytes) * 1e9 / (now - measured);
      bytesPerSecond = bytesPerSecond == 0 ? last : bytesPerSecond * (1 - NEWEST) + last * NEWEST;
      measuredBytes = done;
      measured = now;
    }
  }

  private String line(long done, long total) {
    if (total <= 0) {
      return name + "  " + Bytes.shown(done) + speed();
    }
    int full = (int) (WIDTH * done / total);
    return String.format(
        Locale.ROOT,
        "%s  %s%s %3d%%  %s of %s%s%s",
        name,
        "█".repeat(full),
        "░".repeat(WIDTH - full),
        100 * done / total,
        Bytes.shown(done),
        Bytes.shown(total),
        speed(),
        left(total - done));
  }

  private String speed() {
    return bytesPerSecond < 1 ? "" : "  " + Bytes.shown((long) bytesPerSecond) + "/s";
  }

  private String left(long bytes) {
    return bytesPerSecond < 1 || bytes == 0
        ? ""
        : "  " + shown(Math.round(bytes / bytesPerSecond)) + " left";
  }

  private static String shown(long seconds) {
    if (seconds < 90) {
      return seconds + " s";
    }
    return seconds < 5400
        ? (seconds + 30) / 60 + " min"
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
  }

  @Override
  public synchronized void notice(String sentence) {
    out.println((terminal ? "\r\u001B[K" : "") + sentence);
    out.flush();
  }

  /** Ends the line. */
  synchronized void end(String sentence) {
    notice(sentence);
  }
}
