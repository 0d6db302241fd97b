package dev.hyperbrush.pipeline;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.scheduler.RecordedScheduler;
import dev.hyperbrush.scheduler.Scheduler;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One recorded run of a pipeline of diffusers. What the recording leaves out has the pipeline's own
 * defaults.
 */
record RecordedRun(Path folder, JsonNode entry, Map<String, Tensor> tensors) {
  private static final int DEFAULT_STEPS = 50;
  private static final double DEFAULT_GUIDANCE = 5;

  /** Arguments that a request can have too, the last two with one value only. */
  private static final Set<String> OF_REQUESTS =
      Set.of(
          "num_inference_steps",
          "guidance_scale",
          "eta",
          "height",
          "width",
          "clip_skip",
          "num_images_per_prompt",
          "guidance_rescale");

  /** All runs of a folder: those that its {@code index.json} names. */
  static List<RecordedRun> all(Path folder) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (JsonNode entry : Reference.json(folder.resolve("index.json"))) {
      Path tensors = folder.resolve(entry.path("name").asText() + ".safetensors");
      runs.add(new RecordedRun(folder, entry, Reference.tensors(tensors)));
    }
    return runs;
  }

  String name() {
    return entry.path("name").asText();
  }

  Optional<Tensor> tensor(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** {@code [batch, channels, height, width]}. */
  int[] latentShape() {
    return Stream.of("initial_noise_unscaled", "latents_final", "latents_after_step_0")
        .flatMap(name -> tensor(name).stream())
        .findFirst()
        .orElseThrow(() -> new AssertionError(name() + " has no latents"))
        .shape();
  }

  String prompt() {
    return entry.path("prompt").asText();
  }

  /** Absent is another thing than empty: it may stand for embeddings of zeros. */
  Optional<String> negativePrompt() {
    return Optional.of(entry.path("negative_prompt"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  boolean hasSamePrompts(RecordedRun other) {
    return prompt().equals(other.prompt())
        && negativePrompt().equals(other.negativePrompt())
        && clipSkip() == other.clipSkip();
  }

  int clipSkip() {
    return call("clip_skip").asInt(0);
  }

  long seed() {
    return entry.path("seed").asLong();
  }

  Guidance guidance() {
    return new Guidance(
        call("guidance_scale").asDouble(DEFAULT_GUIDANCE), call("guidance_rescale").asDouble(0));
  }

  Optional<Path> initImage() {
    return Optional.of(entry.path("init_image"))
        .filter(JsonNode::isTextual)
        .map(file -> folder.resolve(file.textValue()));
  }

  /** Share of the steps that are run on {@link #initImage}. */
  double strength() {
    return call("strength").asDouble(0.3);
  }

  List<Path> pictures() {
    return entry.path("png").valueStream().map(file -> folder.resolve(file.asText())).toList();
  }

  Scheduler scheduler() {
    return RecordedScheduler.create(
        schedulerName(), entry.path("scheduler_config"), call("timesteps"), steps(), eta());
  }

  /** As {@code scheduler_config.json} has it. */
  String schedulerJson() {
    ObjectNode config = entry.path("scheduler_config").deepCopy();
    return config.put("_class_name", schedulerName()).toString();
  }

  SchedulerConfig schedulerConfig() {
    return SchedulerConfig.of(entry.path("scheduler_config"), name());
  }

  /**
   * What the denoiser was told of the sizes.
   *
   * @param prefix empty, or {@code negative_}
   * @param factor pixels per latent along each side
   */
  MicroConditioning sizes(String prefix, int factor) {
    if (!prefix.isEmpty() && !entry.path("call").hasNonNull(prefix + "original_size")) {
      return sizes("", factor);
    }
    JsonNode original = call(prefix + "original_size");
    JsonNode crop = call(prefix + "crops_coords_top_left");
    JsonNode target = call(prefix + "target_size");
    int height = height(factor);
    int width = width(factor);
    return new MicroConditioning(
        original.path(0).asInt(height),
        original.path(1).asInt(width),
        crop.path(0).asInt(0),
        crop.path(1).asInt(0),
        target.path(0).asInt(height),
        target.path(1).asInt(width));
  }

  /**
   * The same run as people ask for it; the test is skipped, and says why, where they cannot.
   * Several pictures share one generator in diffusers; here each has its own.
   */
  GenerationRequest request(int factor) {
    assumeTrue(pictures().size() == 1 && latentShape()[0] == 1, "skipped: no run of one picture");
    assumeTrue(guidance().rescale() == 0, "skipped: requests have no guidance_rescale");
    assumeTrue(initImage().isEmpty(), "skipped: starts from a picture");
    assumeTrue(
        !negativePrompt().equals(Optional.of("")), "skipped: an empty negative prompt that counts");
    entry.path("call").properties().stream()
        .filter(argument -> !argument.getValue().isNull())
        .map(Map.Entry::getKey)
        .filter(argument -> !OF_REQUESTS.contains(argument))
        .forEach(argument -> abort("skipped: requests have no " + argument));
    try {
      return new GenerationRequest(
          "recorded",
          prompt(),
          negativePrompt().orElse(""),
          new ImageSize(width(factor), height(factor)),
          steps(),
          guidance().scale(),
          schedulerName(),
          eta(),
          new Seed(seed()),
          1,
          List.of(),
          clipSkip());
    } catch (Refusal refusal) {
      return abort("skipped: " + refusal.getMessage());
    }
  }

  private int height(int factor) {
    return call("height").asInt(latentShape()[2] * factor);
  }

  private int width(int factor) {
    return call("width").asInt(latentShape()[3] * factor);
  }

  private String schedulerName() {
    return entry.path("scheduler").asText();
  }

  private int steps() {
    return call("num_inference_steps").asInt(DEFAULT_STEPS);
  }

  private double eta() {
    return call("eta").asDouble(0);
  }

  private JsonNode call(String argument) {
    return entry.path("call").path(argument);
  }
}
