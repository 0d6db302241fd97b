package dev.hyperbrush.pipeline;

import dev.hyperbrush.Reference;
import dev.hyperbrush.graph.PromptStates;

/** The tiny SD 1.5 draws what diffusers' StableDiffusionPipeline drew with it. */
final class Sd15GoldenTest extends PipelineGoldens {
  Sd15GoldenTest() {
    super(Reference.committed("sd15"), Reference.committed("tiny-sd15"), PromptStates.LAST_NORMED);
  }
}
