package dev.hyperbrush.chat;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.RgbImage;
import java.util.List;
import java.util.stream.IntStream;

/** Draws small pictures of nothing, so that drawing takes no time from what is measured. */
final class FlatPainter implements ImageGenerator {
  private static final int SIDE = 64;

  @Override
  public GenerationResult generate(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
    List<RgbImage> images =
        IntStream.range(0, request.count())
            .mapToObj(i -> new RgbImage(SIDE, SIDE, new byte[SIDE * SIDE * 3]))
            .toList();
    return new GenerationResult(images, List.of());
  }
}
