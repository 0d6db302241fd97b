package dev.hyperbrush.generation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that decides what a picture looks like; two equal requests give the same bytes.
 *
 * @param model id of an installed model
 * @param prompt what to draw
 * @param negativePrompt what to avoid, empty when none was given; without effect when guidance is
 *     off
 * @param size of the picture as the model draws it, before any enlarging
 * @param steps of the scheduler; most call the denoiser once a step, some twice
 * @param guidanceScale classifier-free guidance (arXiv 2207.12598); 0 and 1 mean none
 * @param scheduler a name from the scheduler registry, for example {@code TCD}
 * @param eta share of fresh noise of the schedulers that have it (TCD, DDIM), 0 to 1
 * @param seed noise of picture 0; picture i starts from seed + i
 * @param count pictures drawn as one batch
 * @param loras fused on top of those that the model's recipe brings
 * @param clipSkip last layers of the text encoders to skip, beyond the model's own
 * @param draft decoded by a tiny decoder, where one is installed: quicker, with less detail
 */
public record GenerationRequest(
    String model,
    String prompt,
    String negativePrompt,
    ImageSize size,
    int steps,
    double guidanceScale,
    String scheduler,
    double eta,
    Seed seed,
    int count,
    List<LoraWeight> loras,
    int clipSkip,
    boolean draft) {
  public static final int MAX_STEPS = 150;
  public static final double MAX_GUIDANCE = 20;
  public static final int MAX_COUNT = 4;

  public GenerationRequest {
    if (prompt.isBlank()) {
      throw new Refusal(ReasonCode.PROMPT_EMPTY);
    }
    if (steps < 1 || steps > MAX_STEPS) {
      throw new Refusal(ReasonCode.STEPS_OUT_OF_RANGE, steps, 1, MAX_STEPS);
    }
    if (!(guidanceScale >= 0 && guidanceScale <= MAX_GUIDANCE)) {
      throw new Refusal(ReasonCode.GUIDANCE_OUT_OF_RANGE, guidanceScale, 0, MAX_GUIDANCE);
    }
    if (!(eta >= 0 && eta <= 1)) {
      throw new Refusal(ReasonCode.ETA_OUT_OF_RANGE, eta);
    }
    if (count < 1 || count > MAX_COUNT) {
      throw new Refusal(ReasonCode.COUNT_OUT_OF_RANGE, count, 1, MAX_COUNT);
    }
    if (clipSkip < 0) {
      throw new IllegalArgumentException("clipSkip " + clipSkip + " is negative");
    }
    loras = List.copyOf(loras);
  }

  /** As above, in full detail. */
  public GenerationRequest(
      String model,
      String prompt,
      String negativePrompt,
      ImageSize size,
      int steps,
      double guidanceScale,
      String scheduler,
      double eta,
      Seed seed,
      int count,
      List<LoraWeight> loras,
      int clipSkip) {
    this(
        model,
        prompt,
        negativePrompt,
        size,
        steps,
        guidanceScale,
        scheduler,
        eta,
        seed,
        count,
        loras,
        clipSkip,
        false);
  }

  /** The request for one picture of this alone. */
  public GenerationRequest only(int index) {
    return new GenerationRequest(
        model,
        prompt,
        negativePrompt,
        size,
        steps,
        guidanceScale,
        scheduler,
        eta,
        seed.plus(index),
        1,
        loras,
        clipSkip,
        draft);
  }

  /** The same of other words. */
  public GenerationRequest withPrompts(String positive, String negative) {
    return new GenerationRequest(
        model,
        positive,
        negative,
        size,
        steps,
        guidanceScale,
        scheduler,
        eta,
        seed,
        count,
        loras,
        clipSkip,
        draft);
  }

  /** The same, decoded by the tiny decoder or in full detail. */
  public GenerationRequest withDraft(boolean wanted) {
    return new GenerationRequest(
        model,
        prompt,
        negativePrompt,
        size,
        steps,
        guidanceScale,
        scheduler,
        eta,
        seed,
        count,
        loras,
        clipSkip,
        wanted);
  }

  /** Its LoRAs, a line {@code name:weight} each: what two requests have alike that share them. */
  public String lorasText() {
    return loras.stream()
        .map(lora -> lora.name() + ":" + Shown.number(lora.weight()))
        .collect(Collectors.joining("\n"));
  }

  /** Whether the denoiser runs on the negative prompt too. */
  public boolean guided() {
    return guidanceScale > 1;
  }
}
