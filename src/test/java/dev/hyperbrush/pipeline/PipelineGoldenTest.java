package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.DiffusersFolder;
import dev.hyperbrush.denoiser.OnnxDenoiser;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.pipeline.GuidedConditioning.Side;
import dev.hyperbrush.scheduler.Scheduler;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.scheduler.Schedulers;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.tensor.TorchRandom;
import dev.hyperbrush.textencoder.OnnxTextEncoder;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.vae.LatentDistribution;
import dev.hyperbrush.vae.OnnxVae;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole runs of diffusers' StableDiffusionXLPipeline: embeddings, noise, latents after every step,
 * pictures.
 */
@Tag("golden")
final class PipelineGoldenTest {
  private static final float EMBEDS_TOLERANCE = 2e-5f;
  private static final float LATENTS_TOLERANCE = 1e-3f;
  private static final float IMAGE_TOLERANCE = 1e-3f;
  private static final double PIXELS_WITHIN_ONE_GREY_LEVEL = 0.999;

  private static DiffusersFolder model;
  private static OnnxDenoiser denoiser;
  private static OnnxVae vae;

  /** Absent where the reference folder has no vocabulary; recorded embeddings are used then. */
  private static Optional<PromptEncoder> prompts;

  @BeforeAll
  static void load() {
    model = DiffusersFolder.open(Reference.path("tiny-sdxl"));
    denoiser = OnnxDenoiser.load(model.unet(), OnnxSettings.cpu());
    vae = OnnxVae.load(model.vae(), OnnxSettings.cpu());
    prompts = promptEncoder();
  }

  @AfterAll
  static void close() {
    denoiser.close();
    vae.close();
    prompts.ifPresent(PromptEncoder::close);
  }

  @TestFactory
  Stream<DynamicTest> latentsAndPicturesAreThoseOfDiffusers() throws IOException {
    return cases().map(run -> dynamicTest(run.name(), run::check));
  }

  @TestFactory
  Stream<DynamicTest> embeddingsAreThoseOfDiffusers() throws IOException {
    return cases()
        .filter(run -> run.recorded("prompt_embeds").isPresent())
        .map(run -> dynamicTest(run.name(), run::checkEmbeddings));
  }

  private static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (JsonNode entry : Reference.json("pipeline/index.json")) {
      cases.add(
          new Case(
              entry,
              Reference.tensors("pipeline/" + entry.path("name").asText() + ".safetensors")));
    }
    cases.forEach(run -> run.others = cases);
    return cases.stream();
  }

  private static Optional<PromptEncoder> promptEncoder() {
    Path vocabulary = Reference.folder().resolve("tokenizer");
    if (!Files.exists(vocabulary.resolve("vocab.json"))) {
      return Optional.empty();
    }
    return Optional.of(
        new PromptEncoder(
            new PromptEncoder.Half(
                ClipTokenizer.load(model.tokenizer(), vocabulary),
                OnnxTextEncoder.load(model.textEncoder(), OnnxSettings.cpu())),
            new PromptEncoder.Half(
                ClipTokenizer.load(model.tokenizer2(), vocabulary),
                OnnxTextEncoder.load(model.textEncoder2(), OnnxSettings.cpu()))));
  }

  /** One recorded run. */
  private static final class Case {
    private final JsonNode entry;
    private final JsonNode call;
    private final Map<String, Tensor> tensors;
    private List<Case> others = List.of();

    Case(JsonNode entry, Map<String, Tensor> tensors) {
      this.entry = entry;
      this.call = entry.path("call");
      this.tensors = tensors;
    }

    String name() {
      return entry.path("name").asText();
    }

    Optional<Tensor> recorded(String tensor) {
      return Optional.ofNullable(tensors.get(tensor));
    }

    private Tensor tensor(String name) {
      return recorded(name).orElseThrow(() -> new AssertionError(name() + " has no " + name));
    }

    void checkEmbeddings() {
      if (prompts.isEmpty()) {
        abort(
            "skipped: the reference folder has no tokenizer/vocab.json (OpenAI's CLIP vocabulary)");
      }
      PromptEmbeddings positive = encode("prompt", clipSkip());
      assertClose(positive.promptEmbeds(), tensor("prompt_embeds"), EMBEDS_TOLERANCE);
      assertClose(positive.pooledPromptEmbeds(), tensor("pooled_prompt_embeds"), EMBEDS_TOLERANCE);
      PromptEmbeddings negative = negative(positive);
      assertClose(negative.promptEmbeds(), tensor("negative_prompt_embeds"), EMBEDS_TOLERANCE);
      assertClose(
          negative.pooledPromptEmbeds(), tensor("negative_pooled_prompt_embeds"), EMBEDS_TOLERANCE);
    }

    private int clipSkip() {
      return call.path("clip_skip").asInt(0);
    }

    private PromptEmbeddings encode(String field, int clipSkip) {
      return prompts
          .orElseThrow()
          .encode(entry.path(field).asText(), clipSkip, Cancellation.none());
    }

    private PromptEmbeddings negative(PromptEmbeddings positive) {
      return entry.path("negative_prompt").isNull() && model.forceZerosForEmptyPrompt()
          ? positive.zeros()
          : encode("negative_prompt", 0);
    }

    void check() throws IOException {
      Scheduler scheduler = scheduler();
      TorchRandom random = new TorchRandom(entry.path("seed").asLong());
      Tensor start;
      int firstStep = 0;
      if (entry.has("init_image")) {
        firstStep = scheduler.firstStep(call.path("strength").asDouble());
        start = noisedPicture(scheduler, random, firstStep);
      } else {
        start = initialNoise(scheduler, random);
      }
      int first = firstStep;
      Tensor latents =
          new DenoisingLoop(denoiser)
              .run(
                  new DenoisingLoop.Sampling(scheduler, random::randn, firstStep),
                  start,
                  steering(start.dim(0)),
                  (step, result) ->
                      assertClose(
                          result.prevSample(),
                          tensor("latents_after_step_" + (step - first)),
                          LATENTS_TOLERANCE),
                  Cancellation.none());
      assertClose(latents, tensor("latents_final"), LATENTS_TOLERANCE);
      checkPictures(latents);
    }

    private Scheduler scheduler() {
      String kind = entry.path("scheduler").asText();
      if (Schedulers.canonicalName(kind).isEmpty()) {
        abort("skipped: there is no " + kind + " here");
      }
      SchedulerConfig config = SchedulerConfig.of(entry.path("scheduler_config"), name());
      double eta = call.path("eta").asDouble(0);
      if (call.has("timesteps")) {
        List<Integer> timesteps =
            StreamSupport.stream(call.path("timesteps").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
        return Schedulers.create(kind, config, timesteps, eta);
      }
      return Schedulers.create(kind, config, call.path("num_inference_steps").asInt(), eta);
    }

    private Tensor initialNoise(Scheduler scheduler, TorchRandom random) {
      Tensor recorded = tensor("initial_noise_unscaled");
      Tensor noise = random.randn(recorded.shape());
      assertThat(noise.data()).isEqualTo(recorded.data());
      return scaled(noise, scheduler.initNoiseSigma());
    }

    /** The posterior is sampled first, then the noise for the first step is drawn. */
    private Tensor noisedPicture(Scheduler scheduler, TorchRandom random, int firstStep)
        throws IOException {
      Tensor image = read(Reference.path("pipeline/" + entry.path("init_image").asText()));
      LatentDistribution posterior = vae.encode(image, Cancellation.none());
      Tensor sample = random.randn(posterior.mean().shape());
      float[] latents = posterior.mean().data().clone();
      float scaling = (float) model.vae().config().number("scaling_factor", 0.13025, 0, 1);
      for (int i = 0; i < latents.length; i++) {
        float deviation = (float) Math.exp(0.5 * posterior.logVariance().data()[i]);
        latents[i] = (latents[i] + deviation * sample.data()[i]) * scaling;
      }
      Tensor original = new Tensor(sample.shape(), latents);
      assertClose(original, tensor("init_latent_scaled"), LATENTS_TOLERANCE);
      Tensor noise = random.randn(sample.shape());
      assertThat(noise.data()).isEqualTo(tensor("noise").data());
      return scheduler.addNoise(original, noise, firstStep);
    }

    private GuidedConditioning steering(int batch) {
      PromptEmbeddings positive = embeddings("prompt_embeds", "pooled_prompt_embeds");
      PromptEmbeddings negative =
          embeddings("negative_prompt_embeds", "negative_pooled_prompt_embeds");
      Guidance guidance =
          new Guidance(
              call.path("guidance_scale").asDouble(5), call.path("guidance_rescale").asDouble(0));
      return GuidedConditioning.of(
          new Side(positive, sizes("")), new Side(negative, sizes("negative_")), guidance, batch);
    }

    /** Recorded with this run, or with another one of the same prompts. */
    private PromptEmbeddings embeddings(String embeds, String pooled) {
      Case source =
          Stream.concat(Stream.of(this), others.stream().filter(this::hasSamePrompts))
              .filter(run -> run.tensors.containsKey(embeds))
              .findFirst()
              .orElse(null);
      if (source != null) {
        return new PromptEmbeddings(source.tensor(embeds), source.tensor(pooled));
      }
      if (prompts.isEmpty()) {
        abort("skipped: no embeddings recorded, and no tokenizer/vocab.json to make them with");
      }
      PromptEmbeddings positive = encode("prompt", clipSkip());
      return embeds.startsWith("negative") ? negative(positive) : positive;
    }

    private boolean hasSamePrompts(Case other) {
      return Stream.of("/prompt", "/negative_prompt", "/call/clip_skip")
          .allMatch(field -> entry.at(field).equals(other.entry.at(field)));
    }

    private MicroConditioning sizes(String prefix) {
      Tensor start = tensor("latents_final");
      int height = start.dim(2) * 8;
      int width = start.dim(3) * 8;
      JsonNode original = call.path(prefix + "original_size");
      JsonNode crop = call.path(prefix + "crops_coords_top_left");
      JsonNode target = call.path(prefix + "target_size");
      return prefix.isEmpty() || call.has(prefix + "original_size")
          ? new MicroConditioning(
              original.path(0).asInt(height),
              original.path(1).asInt(width),
              crop.path(0).asInt(0),
              crop.path(1).asInt(0),
              target.path(0).asInt(height),
              target.path(1).asInt(width))
          : sizes("");
    }

    private void checkPictures(Tensor latents) throws IOException {
      if (tensors.containsKey("image_float")) {
        assertClose(
            vae.decodeFloat(latents, Cancellation.none()), tensor("image_float"), IMAGE_TOLERANCE);
      }
      List<RgbImage> pictures = vae.decode(latents, Cancellation.none());
      JsonNode files = entry.path("png");
      for (int i = 0; i < files.size(); i++) {
        assertSamePixels(pictures.get(i), Reference.path("pipeline/" + files.get(i).asText()));
      }
    }
  }

  private static Tensor scaled(Tensor noise, float sigma) {
    float[] scaled = noise.data().clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= sigma;
    }
    return new Tensor(noise.shape(), scaled);
  }

  /** {@code [1, 3, height, width]}, -1 to 1. */
  private static Tensor read(Path png) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    int size = image.getWidth() * image.getHeight();
    Tensor tensor = Tensor.zeros(1, 3, image.getHeight(), image.getWidth());
    for (int i = 0; i < size; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      for (int channel = 0; channel < 3; channel++) {
        int level = (rgb >> (16 - 8 * channel)) & 0xFF;
        tensor.data()[channel * size + i] = level / 255f * 2 - 1;
      }
    }
    return tensor;
  }

  private static void assertSamePixels(RgbImage picture, Path png) throws IOException {
    BufferedImage expected = ImageIO.read(png.toFile());
    assertThat(picture.width()).isEqualTo(expected.getWidth());
    assertThat(picture.height()).isEqualTo(expected.getHeight());
    int near = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int rgb = expected.getRGB(x, y);
        boolean same = true;
        for (int channel = 0; channel < 3; channel++) {
          int level = (rgb >> (16 - 8 * channel)) & 0xFF;
          same &= Math.abs(level - picture.channel(x, y, channel)) <= 1;
        }
        near += same ? 1 : 0;
      }
    }
    assertThat(near / (double) (picture.width() * picture.height()))
        .as("share of pixels within one grey level of " + png.getFileName())
        .isGreaterThanOrEqualTo(PIXELS_WITHIN_ONE_GREY_LEVEL);
  }

  private static void assertClose(Tensor actual, Tensor expected, float tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    float largest = 0;
    for (int i = 0; i < expected.data().length; i++) {
      float difference = Math.abs(actual.data()[i] - expected.data()[i]);
      largest = Float.isNaN(difference) ? Float.NaN : Math.max(largest, difference);
    }
    assertThat(largest).isLessThanOrEqualTo(tolerance);
  }
}
