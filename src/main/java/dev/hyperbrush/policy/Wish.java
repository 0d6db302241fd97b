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
    List<LoraWeight> loras) {
  public Wish {
    loras = List.copyOf(loras);
  }

  /** Exactly this again. */
  public static Wish again(GenerationRequest request) {
    return of(request, Optional.of(request.seed()));
  }

  /** The same with another seed. */
  public static Wish varied(GenerationRequest request) {
    return of(request, Optional.empty());
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
        request.loras());
  }
}
