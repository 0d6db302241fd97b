package dev.hyperbrush.queue;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.generation.StepProgress;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Job;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws noise that depends on the seed alone, at once. Immutable. */
final class PlainPictures implements ImageGenerator, PictureEncoder {
  @Override
  public GenerationResult generate(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
    List<RgbImage> images =
        IntStream.range(0, request.count())
            .mapToObj(i -> image(request.seed().plus(i), request.size()))
            .toList();
    for (int step = 1; step <= request.steps(); step++) {
      cancellation.throwIfRequested();
      listener.onStep(
          new StepProgress(step, request.steps(), () -> Optional.of(images.getFirst())));
    }
    return new GenerationResult(images, List.of());
  }

  static RgbImage image(Seed seed, ImageSize size) {
    byte[] rgb = new byte[Math.toIntExact(size.pixels() * 3)];
    new Random(seed.value()).nextBytes(rgb);
    return new RgbImage(size.width(), size.height(), rgb);
  }

  @Override
  public EncodedPicture encode(RgbImage image, Job job, int index) {
    return new EncodedPicture(image.rgb(), image.width(), image.height());
  }

  @Override
  public byte[] encodePreview(RgbImage image) {
    return image.rgb();
  }
}
