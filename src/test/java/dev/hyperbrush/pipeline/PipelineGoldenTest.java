package dev.hyperbrush.pipeline;

import dev.hyperbrush.Reference;
import dev.hyperbrush.graph.PromptStates;

/** The tiny SDXL draws what diffusers' StableDiffusionXLPipeline drew with it. */
final class PipelineGoldenTest extends PipelineGoldens {
  PipelineGoldenTest() {
    super(Reference.path("pipeline"), Reference.path("tiny-sdxl"), PromptStates.PENULTIMATE);
  }
}
