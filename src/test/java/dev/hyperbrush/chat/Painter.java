package dev.hyperbrush.chat;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.generation.StepProgress;
import dev.hyperbrush.image.A1111Parameters;
import dev.hyperbrush.image.PngEncoder;
import dev.hyperbrush.queue.PictureEncoder;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Job;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Draws noise that depends on the seed alone, as real PNG, at once or step by step as a test lets
 * it. Thread-safe.
 */
public final class Painter implements ImageGenerator, PictureEncoder {
  private static final int MANY = 1_000_000;

  private final Semaphore steps = new Semaphore(MANY);
  private final A1111Parameters parameters = new A1111Parameters("test");

  /** From here on nothing is drawn but by {@link #step}. */
  public void hold() {
    steps.drainPermits();
  }

  /** Lets so many steps be done. */
  public void step(int count) {
    steps.release(count);
  }

  /** Draws at once again. */
  public void go() {
    steps.release(MANY);
  }

  @Override
  public GenerationResult generate(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
    List<RgbImage> images =
        IntStream.range(0, request.count())
            .mapToObj(i -> image(request.seed().plus(i), request.size()))
            .toList();
    for (int step = 1; step <= request.steps(); step++) {
      awaitStep(cancellation);
      listener.onStep(
          new StepProgress(step, request.steps(), () -> Optional.of(images.getFirst())));
    }
    return new GenerationResult(images, List.of());
  }

  private void awaitStep(Cancellation cancellation) {
    try {
      do {
        cancellation.throwIfRequested();
      } while (!steps.tryAcquire(20, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static RgbImage image(Seed seed, ImageSize size) {
    byte[] rgb = new byte[Math.toIntExact(size.pixels() * 3)];
    new Random(seed.value()).nextBytes(rgb);
    return new RgbImage(size.width(), size.height(), rgb);
  }

  @Override
  public EncodedPicture encode(RgbImage image, Job job, int index) {
    byte[] png = PngEncoder.encode(image, parameters.write(job.request(), index, 1));
    return new EncodedPicture(png, image.width(), image.height());
  }

  @Override
  public byte[] encodePreview(RgbImage image) {
    return PngEncoder.encode(image, "");
  }
}
