package dev.hyperbrush.policy;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Seed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What somebody asked for, and nothing of what they left open. Immutable.
 *
 * @param prompt what to draw
 * @param negativePrompt what to avoid, empty for nothing
 * @param loras in the order asked for; a later one of the same name wins
 * @param presets names, each applied to what those before it made
 * @param spoiler whether the pictures are covered until somebody wants to see them
 * @param draft whether a quick picture with less detail will do
 * @param styled whether prompt and negative prompt already have the words that a place or a person
 *     adds to every prompt
 */
public record Wish(
    String prompt,
    String negativePrompt,
    Optional<String> model,
    OptionalInt steps,
    OptionalDouble guidanceScale,
    Optional<Seed> seed,
    Optional<SizeWish> size,
    OptionalInt count,
    Optional<String> scheduler,
    OptionalDouble eta,
    List<LoraWeight> loras,
    List<String> presets,
    Optional<Boolean> spoiler,
    Optional<Boolean> draft,
    boolean styled) {
  public Wish {
    loras = List.copyOf(loras);
    presets = List.copyOf(presets);
  }

  /** What it asks for, by setting; without the prompt and the names of presets. */
  public SettingValues values() {
    return SettingValues.builder()
        .put(Settings.MODEL, model)
        .put(Settings.STEPS, whole(steps))
        .put(Settings.GUIDANCE, decimal(guidanceScale))
        .put(Settings.SIZE, size)
        .put(Settings.SCHEDULER, scheduler)
        .put(Settings.ETA, decimal(eta))
        .put(Settings.COUNT, whole(count))
        .put(Settings.SPOILER, spoiler)
        .put(Settings.DRAFT, draft)
        .put(Settings.NO, Optional.of(negativePrompt).filter(words -> !words.isBlank()))
        .put(Settings.SEED, seed.map(Seed::value))
        .put(Settings.LORA, Optional.of(loras).filter(any -> !any.isEmpty()))
        .build();
  }

  private static Optional<Long> whole(OptionalInt number) {
    return number.isPresent() ? Optional.of((long) number.getAsInt()) : Optional.empty();
  }

  private static Optional<Double> decimal(OptionalDouble number) {
    return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
  }

  /** Exactly this again. */
  public static Wish again(GenerationRequest request) {
    return of(request, Optional.of(request.seed()));
  }

  /** The same with another seed. */
  public static Wish varied(GenerationRequest request) {
    return of(request, Optional.empty());
  }

  /** With covered pictures where {@code covered}; else as it is usual where it is asked. */
  public Wish spoilerIf(boolean covered) {
    return new Wish(
        prompt,
        negativePrompt,
        model,
        steps,
        guidanceScale,
        seed,
        size,
        count,
        scheduler,
        eta,
        loras,
        presets,
        covered ? Optional.of(true) : spoiler,
        draft,
        styled);
  }

  private static Wish of(GenerationRequest request, Optional<Seed> seed) {
    return new Wish(
        request.prompt(),
        request.negativePrompt(),
        Optional.of(request.model()),
        OptionalInt.of(request.steps()),
        OptionalDouble.of(request.guidanceScale()),
        seed,
        Optional.of(SizeWish.Pixels.of(request.size().width(), request.size().height())),
        OptionalInt.of(request.count()),
        Optional.of(request.scheduler()),
        OptionalDouble.of(request.eta()),
        request.loras(),
        List.of(),
        Optional.empty(),
        Optional.of(request.draft()),
        true);
  }
}
