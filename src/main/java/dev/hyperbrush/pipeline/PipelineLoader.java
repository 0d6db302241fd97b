package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Loads models, and keeps the last few: which of their networks stay in memory is decided by what
 * these need. Owned by one thread.
 */
public final class PipelineLoader implements AutoCloseable {
  /** Without its networks a model takes some 30 MB: vocabularies, names of tensors, prompts. */
  private static final int KEPT_MODELS = 4;

  private final Function<String, Path> loraFiles;
  private Resources resources;
  private final OpenNetworks open;

  /** The one not used for longest first. */
  private final SequencedMap<ModelVariant, LoadedModel> models = new LinkedHashMap<>();

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
    this.open = new OpenNetworks(resources.budget());
  }

  /**
   * The model with exactly these LoRAs fused. Only what differs from before is loaded anew, and
   * that when it is first needed.
   */
  Loaded load(ModelVariant variant, List<LoraWeight> loras) {
    LoadedModel model = models.remove(variant);
    if (model == null) {
      model = LoadedModel.open(variant, loraFiles, resources, open);
    }
    models.put(variant, model);
    while (models.size() > KEPT_MODELS) {
      models.pollFirstEntry().getValue().close();
    }
    model.fuse(loras);
    return new Loaded(model.pipeline(), model.notices());
  }

  /** Makes do with less memory, or again with more; where that matters, all is opened anew. */
  void economise(Economy economy) {
    Resources wanted = resources.with(economy);
    if (!wanted.equals(resources)) {
      close();
      resources = wanted;
    }
  }

  /** Lets go of all models. */
  @Override
  public void close() {
    models.values().forEach(LoadedModel::close);
    models.clear();
  }
}
