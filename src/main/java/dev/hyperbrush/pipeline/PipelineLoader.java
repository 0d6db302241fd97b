package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

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
  private final SequencedMap<ModelVariant, Kept> models = new LinkedHashMap<>();

  /** A model as its files were when it was loaded: places of weights hold for no others. */
  private record Kept(LoadedModel model, String stamp) {}

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
    LoadedModel model = model(variant);
    model.fuse(loras);
    return new Loaded(model.pipeline(), model.notices());
  }

  private LoadedModel model(ModelVariant variant) {
    String stamp = stamp(variant.source());
    Kept kept = models.remove(variant);
    if (kept != null && !kept.stamp.equals(stamp)) {
      kept.model.close();
      kept = null;
    }
    if (kept == null) {
      kept = new Kept(LoadedModel.open(variant, loraFiles, resources, open), stamp);
    }
    models.put(variant, kept);
    while (models.size() > KEPT_MODELS) {
      models.pollFirstEntry().getValue().model.close();
    }
    return kept.model;
  }

  /** Tiny decoders are installed beside models, and then used. */
  private String stamp(ModelSource source) {
    return source.stamp()
        + Stream.of(ModelFamily.values()).map(family -> resources.tinyVae(source, family)).toList();
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
    models.values().forEach(kept -> kept.model.close());
    models.clear();
  }
}
