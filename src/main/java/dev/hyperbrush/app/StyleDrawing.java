package dev.hyperbrush.app;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.image.JpegEncoder;
import dev.hyperbrush.pipeline.InstalledCatalogue;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.StylePictures;
import dev.hyperbrush.queue.SpareTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws the pictures of the models' styles in spare time, one after the other: that of the model
 * which is loaded, or will be first, soon, and those of others after a longer quiet. Thread-safe.
 */
final class StyleDrawing implements SpareTime {
  private static final Logger log = LoggerFactory.getLogger(StyleDrawing.class);
  private static final int LONGEST_SIDE = 512;

  /** After so many times the usual quiet, another model is loaded for its picture. */
  private static final int WORTH_LOADING = 10;

  private final InstalledCatalogue installed;
  private final StylePictures pictures;
  private final PngPictureEncoder encoder;
  private final Duration after;

  StyleDrawing(InstalledCatalogue installed, StylePictures pictures, Duration after) {
    this.installed = installed;
    this.pictures = pictures;
    this.encoder = new PngPictureEncoder(installed);
    this.after = after;
  }

  @Override
  public Duration after() {
    return after;
  }

  @Override
  public Optional<GenerationRequest> next(Optional<String> loaded, Duration quiet) {
    ModelCatalogue now = installed.get();
    String atHand = loaded.orElse(now.defaultModel().id());
    boolean any = quiet.compareTo(after.multipliedBy(WORTH_LOADING)) >= 0;
    return pictures.missing(now, model -> any || model.id().equals(atHand)).map(pictures::request);
  }

  @Override
  public void drawn(GenerationRequest request, GenerationResult result) {
    byte[] png = encoder.encode(result.images().getFirst(), request, 0).bytes();
    byte[] jpeg = JpegEncoder.encode(png, StylePictures.MOST_BYTES, LONGEST_SIDE);
    forModel(
        request,
        model -> {
          try {
            pictures.keep(model, jpeg);
            log.info("There is a picture of the style of {} now", model.id());
          } catch (IOException e) {
            failed(request, e);
          }
        });
  }

  @Override
  public void failed(GenerationRequest request, Throwable why) {
    log.warn("The style of {} cannot be drawn: {}", request.model(), why.getMessage());
    forModel(request, pictures::giveUp);
  }

  private void forModel(GenerationRequest request, Consumer<ModelVariant> action) {
    installed.get().find(request.model()).ifPresent(action);
  }
}
