package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.StepProgress;
import dev.hyperbrush.onnx.OutOfMemory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws again with less memory what did not fit, rung by rung, and refuses what does not fit on the
 * last one. What helped is kept for the same model, so that the next request need not fail first.
 * Owned by one thread.
 */
final class MemoryLadder {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryLadder.class);

  private final Drawing drawing;
  private Economy economy = Economy.NONE;
  private String model = "";

  /** One try. */
  @FunctionalInterface
  interface Drawing {
    /**
     * Draws.
     *
     * @throws OutOfMemory when that does not fit
     */
    GenerationResult draw(
        GenerationRequest request,
        Economy economy,
        ProgressListener listener,
        Cancellation cancellation);
  }

  MemoryLadder(Drawing drawing) {
    this.drawing = drawing;
  }

  /**
   * Draws, from the rung on that was needed last.
   *
   * @throws Refusal when it does not fit on any; the next request begins as this one did
   */
  GenerationResult draw(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
    if (!request.model().equals(model)) {
      model = request.model();
      economy = Economy.NONE;
    }
    Economy before = economy;
    while (true) {
      try {
        return attempt(request, listener, cancellation);
      } catch (OutOfMemory e) {
        if (economy == Economy.HOST_ENCODERS) {
          economy = before;
          throw tooLarge(request, e);
        }
        economy = next(request);
        LOG.warn("There was no memory left ({}); trying {}", e.getMessage(), economy.words());
      }
    }
  }

  private Economy next(GenerationRequest request) {
    return switch (economy) {
      case NONE -> request.count() > 1 ? Economy.ONE_BY_ONE : Economy.TILED;
      case ONE_BY_ONE -> Economy.TILED;
      case TILED, HOST_ENCODERS -> Economy.HOST_ENCODERS;
    };
  }

  private GenerationResult attempt(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
    if (request.count() == 1 || !economy.includes(Economy.ONE_BY_ONE)) {
      return drawing.draw(request, economy, listener, cancellation);
    }
    List<RgbImage> images = new ArrayList<>();
    Set<Phrase> notices = new LinkedHashSet<>();
    for (int i = 0; i < request.count(); i++) {
      GenerationResult one =
          drawing.draw(request.only(i), economy, part(i, request, listener), cancellation);
      images.addAll(one.images());
      notices.addAll(one.notices());
    }
    return new GenerationResult(images, List.copyOf(notices));
  }

  /** Tells of the steps of one picture as of a part of all. */
  private static ProgressListener part(
      int picture, GenerationRequest request, ProgressListener listener) {
    return progress -> {
      int all = progress.steps() * request.count();
      int done = picture * progress.steps() + progress.step();
      listener.onStep(new StepProgress(done, all, progress.preview()));
    };
  }

  private static Refusal tooLarge(GenerationRequest request, OutOfMemory cause) {
    return new Refusal(
        Phrase.of(ReasonCode.OUT_OF_MEMORY, request.size(), request.count(), request.model()),
        cause);
  }
}
