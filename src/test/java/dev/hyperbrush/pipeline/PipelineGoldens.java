package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.DiffusersFolder;
import dev.hyperbrush.checkpoint.ModelFiles;
import dev.hyperbrush.denoiser.OnnxDenoiser;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.pipeline.GuidedConditioning.Side;
import dev.hyperbrush.scheduler.Scheduler;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.tensor.Closeness;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.tensor.TorchRandom;
import dev.hyperbrush.textencoder.OnnxTextEncoder;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import dev.hyperbrush.vae.LatentDistribution;
import dev.hyperbrush.vae.OnnxVae;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Whole runs of a pipeline of diffusers: embeddings, noise, latents after every step, pictures.
 * What a run did not record is not compared.
 */
@Tag("golden")
@TestInstance(Lifecycle.PER_CLASS)
abstract class PipelineGoldens {
  private static final double EMBEDS_TOLERANCE = 2e-5;
  private static final double LATENTS_TOLERANCE = 1e-3;
  private static final double IMAGE_TOLERANCE = 1e-3;

  private List<RecordedRun> runs;
  private ModelFiles model;
  private OnnxDenoiser denoiser;
  private OnnxVae vae;

  /** Absent where another folder has no tokenizer files; recorded embeddings are used then. */
  private Optional<PromptEncoder> prompts = Optional.empty();

  private final Path runsFolder;
  private final Path modelFolder;
  private final PromptStates states;

  PipelineGoldens(Path runsFolder, Path modelFolder, PromptStates states) {
    this.runsFolder = runsFolder;
    this.modelFolder = modelFolder;
    this.states = states;
  }

  @BeforeAll
  void load() throws IOException {
    runs = RecordedRun.all(runsFolder);
    model = DiffusersFolder.open(modelFolder);
    denoiser = OnnxDenoiser.load(model.unet(), OnnxSettings.cpu());
    vae = OnnxVae.load(model.vae(), OnnxSettings.cpu());
    prompts = promptEncoder();
  }

  @AfterAll
  void close() {
    denoiser.close();
    vae.close();
    prompts.ifPresent(PromptEncoder::close);
  }

  private Optional<PromptEncoder> promptEncoder() {
    Path vocabulary = Reference.folder().resolve("tokenizer");
    if (!Files.exists(vocabulary.resolve("vocab.json"))) {
      return Optional.empty();
    }
    return Optional.of(
        new PromptEncoder(
            model.textEncoders().stream()
                .map(encoder ->
                    new PromptEncoder.Part(
                        ClipTokenizer.load(encoder.tokenizer(), vocabulary),
                        OnnxTextEncoder.load(encoder.component(), states, OnnxSettings.cpu())))
                .toList(),
            EmbeddingFolder.none()));
  }

  @TestFactory
  Stream<DynamicTest> latentsAndPicturesAreThoseOfDiffusers() {
    return runs.stream().map(run -> dynamicTest(run.name(), () -> checkLatents(run)));
  }

  @TestFactory
  Stream<DynamicTest> embeddingsAreThoseOfDiffusers() {
    return runs.stream()
        .filter(run -> run.tensor("prompt_embeds").isPresent())
        .map(run -> dynamicTest(run.name(), () -> checkEmbeddings(run)));
  }

  /** Through the same door as people's requests. */
  @TestFactory
  Stream<DynamicTest> requestsDrawThePicturesOfDiffusers() {
    return runs.stream().map(run -> dynamicTest(run.name(), () -> checkRequest(run)));
  }

  private void checkEmbeddings(RecordedRun run) {
    PromptEmbeddings positive = positive(run);
    PromptEmbeddings negative = negative(run, positive);
    assertRecorded(run, "prompt_embeds", positive.promptEmbeds(), EMBEDS_TOLERANCE);
    assertPooled(run, "pooled_prompt_embeds", positive);
    assertRecorded(run, "negative_prompt_embeds", negative.promptEmbeds(), EMBEDS_TOLERANCE);
    assertPooled(run, "negative_pooled_prompt_embeds", negative);
  }

  private static void assertPooled(RecordedRun run, String name, PromptEmbeddings actual) {
    actual
        .pooledPromptEmbeds()
        .ifPresentOrElse(
            pooled -> assertRecorded(run, name, pooled, EMBEDS_TOLERANCE),
            () -> assertThat(run.tensor(name)).isEmpty());
  }

  private PromptEncoder prompts() {
    return prompts.orElseGet(
        () -> abort("skipped: the reference folder has no tokenizer/vocab.json"));
  }

  private PromptEmbeddings positive(RecordedRun run) {
    return prompts().encode(run.prompt(), run.clipSkip(), Cancellation.none());
  }

  private PromptEmbeddings negative(RecordedRun run, PromptEmbeddings positive) {
    return run.negativePrompt().isEmpty() && model.forceZerosForEmptyPrompt()
        ? positive.zeros()
        : prompts().encode(run.negativePrompt().orElse(""), 0, Cancellation.none());
  }

  private void checkLatents(RecordedRun run) throws IOException {
    Scheduler scheduler = run.scheduler();
    TorchRandom random = new TorchRandom(run.seed());
    int firstStep = run.initImage().isPresent() ? scheduler.firstStep(run.strength()) : 0;
    Tensor start =
        run.initImage().isPresent()
            ? noisedPicture(run, scheduler, random, firstStep)
            : initialNoise(run, scheduler, random);
    Tensor latents =
        new DenoisingLoop(denoiser)
            .run(
                new DenoisingLoop.Sampling(scheduler, random::randn, firstStep),
                start,
                steering(run),
                (step, result) ->
                    assertRecorded(
                        run,
                        "latents_after_step_" + (step - firstStep),
                        result.prevSample(),
                        LATENTS_TOLERANCE),
                Cancellation.none());
    assertRecorded(run, "latents_final", latents, LATENTS_TOLERANCE);
    checkPictures(run, latents);
  }

  private Tensor initialNoise(RecordedRun run, Scheduler scheduler, TorchRandom random) {
    Tensor noise = random.randn(run.latentShape());
    assertRecorded(run, "initial_noise_unscaled", noise, 0);
    for (int i = 0; i < noise.data().length; i++) {
      noise.data()[i] *= scheduler.initNoiseSigma();
    }
    return noise;
  }

  /** The posterior is sampled first, then the noise for the first step is drawn. */
  private Tensor noisedPicture(
      RecordedRun run, Scheduler scheduler, TorchRandom random, int firstStep) throws IOException {
    Tensor image = Png.read(run.initImage().orElseThrow());
    LatentDistribution posterior = vae.encode(image, Cancellation.none());
    Tensor sample = random.randn(posterior.mean().shape());
    float[] latents = posterior.mean().data().clone();
    float scaling = (float) model.vae().config().number("scaling_factor", 0.18215, 0, 1e6);
    for (int i = 0; i < latents.length; i++) {
      float deviation = (float) Math.exp(0.5 * posterior.logVariance().data()[i]);
      latents[i] = (latents[i] + deviation * sample.data()[i]) * scaling;
    }
    Tensor original = new Tensor(sample.shape(), latents);
    assertRecorded(run, "init_latent_scaled", original, LATENTS_TOLERANCE);
    Tensor noise = random.randn(sample.shape());
    assertRecorded(run, "noise", noise, 0);
    return scheduler.addNoise(original, noise, firstStep);
  }

  private GuidedConditioning steering(RecordedRun run) {
    PromptEmbeddings positive = recorded(run, "").orElseGet(() -> positive(run));
    PromptEmbeddings negative =
        run.guidance().isOn()
            ? recorded(run, "negative_").orElseGet(() -> negative(run, positive))
            : positive;
    return GuidedConditioning.of(
        new Side(positive, run.sizes("", vae.factor())),
        new Side(negative, run.sizes("negative_", vae.factor())),
        run.guidance(),
        run.latentShape()[0]);
  }

  /** With this run, or with another one of the same prompts. */
  private Optional<PromptEmbeddings> recorded(RecordedRun run, String prefix) {
    return Stream.concat(Stream.of(run), runs.stream().filter(run::hasSamePrompts))
        .flatMap(other ->
            other
                .tensor(prefix + "prompt_embeds")
                .map(embeds ->
                    new PromptEmbeddings(embeds, other.tensor(prefix + "pooled_prompt_embeds")))
                .stream())
        .findFirst();
  }

  private void checkPictures(RecordedRun run, Tensor latents) throws IOException {
    if (run.tensor("image_float").isPresent()) {
      assertRecorded(
          run, "image_float", vae.decodeFloat(latents, Cancellation.none()), IMAGE_TOLERANCE);
    }
    List<RgbImage> pictures = vae.decode(latents, Cancellation.none());
    List<Path> files = run.pictures();
    for (int i = 0; i < files.size(); i++) {
      Png.assertSamePixels(pictures.get(i), files.get(i));
    }
  }

  private void checkRequest(RecordedRun run) throws IOException {
    run.scheduler(); // skips those that are not here
    GenerationRequest request = run.request(vae.factor());
    SchedulerConfig config = run.schedulerConfig();
    DiffusionPipeline.Settings settings =
        new DiffusionPipeline.Settings(
            config, model.forceZerosForEmptyPrompt(), run.latentShape()[1]);
    Recipe recipe =
        new Recipe(
            1,
            request.steps(),
            request.steps(),
            0,
            request.guidanceScale(),
            request.guidanceScale(),
            request.scheduler(),
            config.timestepSpacing(),
            request.eta(),
            List.of());
    List<RgbImage> drawn =
        new DiffusionPipeline(prompts(), denoiser, Decoders.of(vae), settings)
            .draw(request, recipe, false, ProgressListener.NONE, Cancellation.none())
            .images();
    assertThat(drawn).hasSize(1);
    Png.assertSamePixels(drawn.getFirst(), run.pictures().getFirst());
  }

  private static void assertRecorded(
      RecordedRun run, String name, Tensor actual, double tolerance) {
    run.tensor(name)
        .ifPresent(expected -> Closeness.assertClose(name, actual, expected, tolerance));
  }
}
