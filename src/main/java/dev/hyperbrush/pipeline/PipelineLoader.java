package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Loads models, and keeps the last one. Owned by one thread. */
public final class PipelineLoader implements AutoCloseable {
  private final Function<String, Path> loraFiles;
  private final Resources resources;
  private Optional<LoadedModel> current = Optional.empty();

  /** A model ready to draw, and what people should know of how it was loaded. */
  record Loaded(DiffusionPipeline pipeline, List<Phrase> notices) {}

  /**
   * A loader that has nothing loaded yet.
   *
   * @param loraFiles the file of a LoRA by its name; refuses unknown names
   */
  public PipelineLoader(Function<String, Path> loraFiles, Resources resources) {
    this.loraFiles = loraFiles;
    this.resources = resources;
  }

  /** The model with exactly these LoRAs fused. Only what differs from before is loaded anew. */
  Loaded load(ModelVariant variant, List<LoraWeight> loras) {
    if (current.filter(model -> model.isOf(variant)).isEmpty()) {
      close();
      current = Optional.of(LoadedModel.open(variant, loraFiles, resources));
    }
    LoadedModel model = current.orElseThrow();
    try {
      model.fuse(loras);
      return new Loaded(model.pipeline(), model.notices());
    } finally {
      if (!model.isWhole()) {
        close();
      }
    }
  }

  /** Lets go of the loaded model. */
  @Override
  public void close() {
    current.ifPresent(LoadedModel::close);
    current = Optional.empty();
  }
}
