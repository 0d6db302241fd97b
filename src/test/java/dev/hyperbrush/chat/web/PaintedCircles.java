package dev.hyperbrush.chat.web;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.StepProgress;
import dev.hyperbrush.image.PngEncoder;
import dev.hyperbrush.queue.PictureEncoder;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Job;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Draws a circle in the first colour of the prompt on a ground of the last one. A test can hold it
 * back: then every step needs leave. What is unlucky fails. Thread-safe.
 */
final class PaintedCircles implements ImageGenerator, PictureEncoder {
  private static final Map<String, int[]> COLOURS =
      Map.of(
          "red", new int[] {220, 30, 30},
          "green", new int[] {30, 160, 60},
          "blue", new int[] {40, 80, 200},
          "yellow", new int[] {240, 200, 40});

  private static final int[] WHITE = {250, 250, 250};

  private static final int PLENTY = 1_000_000;

  private final Semaphore leave = new Semaphore(PLENTY);

  /** From now on no step is done without {@link #step}. */
  void holdBack() {
    leave.drainPermits();
  }

  /** Lets one step be done. */
  void step() {
    leave.release();
  }

  /** Ends {@link #holdBack}. */
  void letGo() {
    leave.release(PLENTY);
  }

  @Override
  public GenerationResult generate(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
    if (request.prompt().contains("unlucky")) {
      throw new Refusal(ReasonCode.DRAWING_FAILED, "it was unlucky.");
    }
    RgbImage image = paint(request.prompt(), request.size());
    try (Cancellation.Registration _ = cancellation.onRequest(leave::release)) {
      for (int step = 1; step <= request.steps(); step++) {
        leave.acquireUninterruptibly();
        cancellation.throwIfRequested();
        listener.onStep(new StepProgress(step, request.steps(), () -> Optional.of(image)));
      }
    }
    return new GenerationResult(Collections.nCopies(request.count(), image), List.of());
  }

  private static RgbImage paint(String prompt, ImageSize size) {
    List<int[]> named =
        Arrays.stream(prompt.split("\\W+")).filter(COLOURS::containsKey).map(COLOURS::get).toList();
    int[] ground = named.size() > 1 ? named.getLast() : WHITE;
    int[] circle = named.isEmpty() ? WHITE : named.getFirst();
    byte[] rgb = new byte[Math.toIntExact(size.pixels() * 3)];
    int radius = Math.min(size.width(), size.height()) / 3;
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        boolean inside = Math.hypot(x - size.width() / 2.0, y - size.height() / 2.0) < radius;
        for (int channel = 0; channel < 3; channel++) {
          int at = (y * size.width() + x) * 3 + channel;
          rgb[at] = (byte) (inside ? circle : ground)[channel];
        }
      }
    }
    return new RgbImage(size.width(), size.height(), rgb);
  }

  @Override
  public EncodedPicture encode(RgbImage image, Job job, int index) {
    return new EncodedPicture(PngEncoder.encode(image, ""), image.width(), image.height());
  }

  @Override
  public byte[] encodePreview(RgbImage image) {
    return PngEncoder.encode(image, "");
  }
}
