package dev.hyperbrush.app;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.image.A1111Parameters;
import dev.hyperbrush.image.Enlarger;
import dev.hyperbrush.image.PngEncoder;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.queue.PictureEncoder;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Job;
import java.util.function.Supplier;

/** Enlarges as the model says, and writes PNG with the settings inside. Thread-safe. */
final class PngPictureEncoder implements PictureEncoder {
  private final Supplier<ModelCatalogue> installed;
  private final A1111Parameters parameters = new A1111Parameters(Version.current());

  PngPictureEncoder(Supplier<ModelCatalogue> installed) {
    this.installed = installed;
  }

  @Override
  public EncodedPicture encode(RgbImage image, Job job, int index) {
    return encode(image, job.request(), index);
  }

  /** As the queue's worker does, for a picture that belongs to no job. */
  EncodedPicture encode(RgbImage image, GenerationRequest request, int index) {
    int enlarge = installed.get().find(request.model()).map(ModelVariant::enlarge).orElse(1);
    RgbImage shown = Enlarger.enlarge(image, enlarge);
    byte[] png = PngEncoder.encode(shown, parameters.write(request, index, enlarge));
    return new EncodedPicture(png, shown.width(), shown.height());
  }

  @Override
  public byte[] encodePreview(RgbImage image) {
    return PngEncoder.encode(image, "");
  }
}
