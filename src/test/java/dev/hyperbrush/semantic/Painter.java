package dev.hyperbrush.semantic;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.pipeline.DiffusionGenerator;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.PipelineLoader;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.pipeline.Resources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws with the built-in model as people get it, by the recipe for their steps and guidance; what
 * has been drawn once is remembered. Owned by one thread.
 */
final class Painter implements AutoCloseable {
  private final ModelVariant model;
  private final DiffusionGenerator generator;
  private final Map<GenerationRequest, List<RgbImage>> drawn = new HashMap<>();

  /**
   * How to draw.
   *
   * @param guidance 0 for none, which takes the few-step recipes
   * @param loras beyond those of the recipe
   */
  record Run(ImageSize size, int steps, double guidance, List<LoraWeight> loras) {
    Run with(String lora, double weight) {
      return new Run(size, steps, guidance, List.of(new LoraWeight(lora, weight)));
    }

    Run at(int width, int height) {
      return new Run(new ImageSize(width, height), steps, guidance, loras);
    }
  }

  Painter(Path data) {
    ModelCatalogue catalogue = ModelCatalogue.load(data);
    this.model = catalogue.find(ModelCatalogue.BUILTIN).orElseThrow();
    this.generator =
        new DiffusionGenerator(
            () -> catalogue,
            new PipelineLoader(
                catalogue::lora, new Resources(OnnxSettings.cpu(), data.resolve("cache"))));
  }

  Run run(int steps, double guidance) {
    return new Run(model.nativeSize(), steps, guidance, List.of());
  }

  RgbImage draw(String prompt, Run run, long seed) {
    return draw(prompt, "", run, seed, 1).getFirst();
  }

  /** Pictures from the seeds {@code seed} to {@code seed + count - 1}. */
  List<RgbImage> draw(String prompt, String negativePrompt, Run run, long seed, int count) {
    Recipe recipe = model.recipeFor(run.steps(), run.guidance());
    GenerationRequest request =
        new GenerationRequest(
            model.id(),
            prompt,
            negativePrompt,
            run.size(),
            run.steps(),
            run.guidance(),
            recipe.scheduler(),
            recipe.eta(),
            new Seed(seed),
            count,
            run.loras(),
            0);
    return drawn.computeIfAbsent(
        request,
        key -> generator.generate(key, ProgressListener.NONE, Cancellation.none()).images());
  }

  @Override
  public void close() {
    generator.close();
  }
}
