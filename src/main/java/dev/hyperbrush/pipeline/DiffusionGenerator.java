package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Draws with any model of the catalogue. Keeps the last model loaded, with its LoRAs fused, since
 * the next request mostly wants the same. Owned by one thread.
 */
public final class DiffusionGenerator implements ImageGenerator {
  private final Supplier<ModelCatalogue> installed;
  private final PipelineLoader loader;
  private final MemoryLadder ladder = new MemoryLadder(this::drawOnce);

  /**
   * A generator that has loaded nothing yet.
   *
   * @param installed what there is, asked anew for each request
   */
  public DiffusionGenerator(Supplier<ModelCatalogue> installed, PipelineLoader loader) {
    this.installed = installed;
    this.loader = loader;
  }

  @Override
  public GenerationResult generate(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
    cancellation.throwIfRequested();
    return ladder.draw(request, listener, cancellation);
  }

  /** In one try; see {@link MemoryLadder.Drawing}. */
  GenerationResult drawOnce(
      GenerationRequest request,
      Economy economy,
      ProgressListener listener,
      Cancellation cancellation) {
    ModelCatalogue catalogue = installed.get();
    ModelVariant model = catalogue.stillThere(request.model());
    Recipe recipe = model.recipeFor(request.steps(), request.guidanceScale());
    request.loras().forEach(lora -> catalogue.requireStillThere(lora.name()));
    loader.economise(economy);
    PipelineLoader.Loaded loaded = loader.load(model, loras(recipe, request));
    GenerationResult result =
        loaded.pipeline().draw(request, recipe, model.livePreview(), listener, cancellation);
    return new GenerationResult(
        result.images(),
        Stream.of(loaded.notices(), result.notices()).flatMap(List::stream).toList());
  }

  private static List<LoraWeight> loras(Recipe recipe, GenerationRequest request) {
    List<LoraWeight> all = new ArrayList<>(recipe.loras());
    all.addAll(request.loras());
    return all;
  }

  /** Lets go of the loaded model. */
  @Override
  public void close() {
    loader.close();
  }
}
