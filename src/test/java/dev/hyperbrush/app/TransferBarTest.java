package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TransferBarTest {
  private static final long MB = 1_000_000;

  private final StringWriter out = new StringWriter();
  private long now;

  @Test
  void aTerminalSeesSpeedAndTimeLeft() {
    TransferBar bar = bar(true);
    bar.progress(0, 1000 * MB);
    pass(Duration.ofSeconds(1));
    bar.progress(100 * MB, 1000 * MB);

    assertThat(last())
        .isEqualTo("x  ██░░░░░░░░░░░░░░░░░░  10%  100 MB of 1.00 GB  100 MB/s  9 s left");
  }

  @Test
  void whatAnEarlierRunHasBroughtIsNoSpeed() {
    TransferBar bar = bar(true);
    bar.progress(900 * MB, 1000 * MB);
    pass(Duration.ofSeconds(1));
    bar.progress(901 * MB, 1000 * MB);

    assertThat(last()).endsWith("1 MB/s  2 min left");
  }

  @Test
  void aTerminalIsDrawnOnNoMoreOftenThanItIsRead() {
    TransferBar bar = bar(true);
    for (int i = 0; i < 1000; i++) {
      bar.progress(i, 1000);
    }

    assertThat(out.toString().split("\r", -1)).hasSize(2);
  }

  @Test
  void aFileGetsALineForEveryTenth() {
    TransferBar bar = bar(false);
    for (int i = 0; i <= 1000; i++) {
      bar.progress(i * MB, 1000 * MB);
    }

    assertThat(out.toString().lines()).hasSize(10);
    assertThat(out.toString()).doesNotContain("\r", "\u001B");
  }

  @Test
  void withoutALengthThereIsNoBar() {
    bar(true).progress(5 * MB, -1);

    assertThat(last()).isEqualTo("x  5 MB");
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private TransferBar bar(boolean terminal) {
    return new TransferBar(new PrintWriter(out), "x", () -> now, terminal);
  }

  private String last() {
    String all = out.toString();
    return all.substring(all.lastIndexOf("\u001B[K") + 3);
  }
}
