package dev.hyperbrush.app;

import dev.hyperbrush.onnx.RunObserver;
import java.util.ArrayList;
import java.util.List;

/**
 * What one picture's time went into: what ONNX Runtime computed, and the gaps in between, which are
 * this program's own. Owned by one thread.
 */
final class DrawTimeline implements RunObserver {
  private static final double MILLISECOND = 1e6;

  private record Span(String network, boolean opening, long from, long to) {}

  /** A line of the table. */
  record Line(String stage, double millis) {}

  private final List<Span> spans = new ArrayList<>();
  private long start = System.nanoTime();

  /** Forgets everything: a new picture begins now. */
  void begin() {
    spans.clear();
    start = System.nanoTime();
  }

  @Override
  public void opened(String network, long from, long to) {
    spans.add(new Span(network, true, from, to));
  }

  @Override
  public void ran(String network, long from, long to) {
    spans.add(new Span(network, false, from, to));
  }

  /** Milliseconds that each session took to open. */
  List<Line> loads() {
    return spans.stream()
        .filter(Span::opening)
        .map(span -> new Line("load " + span.network, millis(span.from, span.to)))
        .toList();
  }

  /** In the order of time; what follows the UNet's first run and is a step of it has its number. */
  List<Line> stages(long end) {
    List<Line> lines = new ArrayList<>();
    long at = start;
    String before = "";
    int step = 0;
    for (Span span : spans) {
      lines.add(new Line(gap(before, span.network), millis(at, span.from)));
      at = span.to;
      if (!span.opening) {
        step += span.network.equals("unet") ? 1 : 0;
        lines.add(new Line(stage(span.network, step), millis(span.from, span.to)));
        before = span.network;
      }
    }
    lines.add(new Line("convert to a picture", millis(at, end)));
    return merged(lines);
  }

  /** Of a picture that was done at {@code end}, what ONNX Runtime took. */
  double computing() {
    return spans.stream()
        .filter(span -> !span.opening)
        .mapToDouble(span -> millis(span.from, span.to))
        .sum();
  }

  double loading() {
    return loads().stream().mapToDouble(Line::millis).sum();
  }

  double whole(long end) {
    return millis(start, end);
  }

  private static String stage(String network, int step) {
    return switch (network) {
      case "unet" -> "UNet, step " + step;
      case "vae" -> "VAE";
      default -> "encode, " + network;
    };
  }

  private static String gap(String before, String next) {
    if (before.isEmpty()) {
      return "schedule, noise, tokens";
    }
    return next.startsWith("text") ? "tokens" : "between steps";
  }

  /** Gaps of the same kind are one line. */
  private static List<Line> merged(List<Line> lines) {
    List<Line> merged = new ArrayList<>();
    for (Line line : lines) {
      int known = -1;
      for (int i = 0; i < merged.size(); i++) {
        known = merged.get(i).stage.equals(line.stage) ? i : known;
      }
      if (known < 0) {
        merged.add(line);
      } else {
        merged.set(known, new Line(line.stage, merged.get(known).millis + line.millis));
      }
    }
    return merged;
  }

  private static double millis(long from, long to) {
    return (to - from) / MILLISECOND;
  }
}
