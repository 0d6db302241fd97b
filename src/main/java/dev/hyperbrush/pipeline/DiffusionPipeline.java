package dev.hyperbrush.pipeline;

import dev.hyperbrush.denoiser.Denoiser;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.StepProgress;
import dev.hyperbrush.scheduler.PredictionType;
import dev.hyperbrush.scheduler.Scheduler;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.scheduler.SchedulerStep;
import dev.hyperbrush.scheduler.Schedulers;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.tokenizer.TokenizedPrompt;
import dev.hyperbrush.vae.LatentDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From words to pictures with one loaded model: text encoders, denoising loop, VAE, as in latent
 * diffusion (arXiv 2112.10752) with SDXL's conditioning (arXiv 2307.01952). Owned by one thread.
 */
final class DiffusionPipeline {
  private final PromptEncoder prompts;
  private final DenoisingLoop loop;
  private final Decoders decoders;
  private final Settings settings;

  /**
   * What the model's folder says about itself.
   *
   * @param zerosForEmptyNegative an absent negative prompt is all zeros rather than the encoded
   *     empty text
   * @param latentChannels 4 for SDXL
   */
  record Settings(SchedulerConfig scheduler, boolean zerosForEmptyNegative, int latentChannels) {
    Settings withPredictionType(PredictionType type) {
      return new Settings(
          scheduler.withPredictionType(type), zerosForEmptyNegative, latentChannels);
    }
  }

  DiffusionPipeline(
      PromptEncoder prompts, Denoiser denoiser, Decoders decoders, Settings settings) {
    this.prompts = prompts;
    this.loop = new DenoisingLoop(denoiser);
    this.decoders = decoders;
    this.settings = settings;
  }

  /**
   * Draws.
   *
   * @param livePreview whether the VAE itself may draw previews, where there is no tiny decoder
   */
  GenerationResult draw(
      GenerationRequest request,
      Recipe recipe,
      boolean livePreview,
      ProgressListener listener,
      Cancellation cancellation) {
    Scheduler scheduler = scheduler(request, recipe);
    BatchNoise noise = new BatchNoise(request.seed(), request.count());
    Tensor latents =
        loop.run(
            new DenoisingLoop.Sampling(scheduler, noise, 0),
            initialLatents(request, scheduler, noise),
            steering(request, cancellation),
            (call, result) -> {
              // Some schedulers call the denoiser twice a step.
              int step = Math.ceilDiv((call + 1) * request.steps(), scheduler.steps());
              listener.onStep(progress(request, livePreview, step, result));
            },
            cancellation);
    cancellation.throwIfRequested();
    List<RgbImage> images = decoders.forPicture(request.draft()).decode(latents, cancellation);
    images.forEach(DiffusionPipeline::requireNotBlack);
    return new GenerationResult(images, notices(request));
  }

  /** A recipe's own timesteps hold for a run of so many steps, whichever scheduler makes it. */
  private Scheduler scheduler(GenerationRequest request, Recipe recipe) {
    SchedulerConfig config = settings.scheduler().withTimestepSpacing(recipe.timestepSpacing());
    return recipe.timesteps().size() == request.steps()
        ? Schedulers.create(request.scheduler(), config, recipe.timesteps(), request.eta())
        : Schedulers.create(request.scheduler(), config, request.steps(), request.eta());
  }

  private Tensor initialLatents(GenerationRequest request, Scheduler scheduler, BatchNoise noise) {
    int factor = decoders.factor();
    int height = request.size().height() / factor;
    int width = request.size().width() / factor;
    Tensor unit = noise.next(request.count(), settings.latentChannels(), height, width);
    float sigma = scheduler.initNoiseSigma();
    for (int i = 0; i < unit.data().length; i++) {
      unit.data()[i] *= sigma;
    }
    return unit;
  }

  private GuidedConditioning steering(GenerationRequest request, Cancellation cancellation) {
    PromptEmbeddings positive = prompts.encode(request.prompt(), request.clipSkip(), cancellation);
    PromptEmbeddings negative =
        request.guided() ? negative(request.negativePrompt(), positive, cancellation) : positive;
    MicroConditioning sizes = MicroConditioning.of(request.size());
    return GuidedConditioning.of(
        new GuidedConditioning.Side(positive, sizes),
        new GuidedConditioning.Side(negative, sizes),
        Guidance.of(request.guidanceScale()),
        request.count());
  }

  /** Layers are skipped for the positive prompt only, as diffusers does. */
  private PromptEmbeddings negative(
      String prompt, PromptEmbeddings positive, Cancellation cancellation) {
    return prompt.isEmpty() && settings.zerosForEmptyNegative()
        ? positive.zeros()
        : prompts.encode(prompt, 0, cancellation);
  }

  private StepProgress progress(
      GenerationRequest request, boolean livePreview, int step, SchedulerStep result) {
    return new StepProgress(
        step,
        request.steps(),
        () -> decoders.forPreview(livePreview).map(decoder -> preview(decoder, result)));
  }

  private static RgbImage preview(LatentDecoder decoder, SchedulerStep result) {
    return decoder.decode(result.predOriginalSample().slice(0, 1), Cancellation.none()).getFirst();
  }

  private List<Phrase> notices(GenerationRequest request) {
    List<Phrase> notices = new ArrayList<>();
    if (request.draft() && decoders.tinyOne().isEmpty()) {
      notices.add(Phrase.of(ReasonCode.DRAFT_NOT_INSTALLED, request.model()));
    }
    notices.addAll(prompts.notices(request.prompt() + "\n" + request.negativePrompt()));
    noticeIfCut(request.prompt(), ReasonCode.PROMPT_CUT).ifPresent(notices::add);
    if (request.guided()) {
      noticeIfCut(request.negativePrompt(), ReasonCode.NEGATIVE_PROMPT_CUT).ifPresent(notices::add);
    }
    return notices;
  }

  private Optional<Phrase> noticeIfCut(String prompt, ReasonCode code) {
    TokenizedPrompt tokens = prompts.tokenize(prompt);
    return tokens.truncated()
        ? Optional.of(Phrase.of(code, tokens.ids().length - 2, tokens.ignoredText()))
        : Optional.empty();
  }

  /** A VAE that overflows, in half precision above all, gives pictures that are 0 everywhere. */
  private static void requireNotBlack(RgbImage image) {
    for (byte value : image.rgb()) {
      if (value != 0) {
        return;
      }
    }
    throw new Refusal(ReasonCode.PICTURE_BLACK);
  }
}
