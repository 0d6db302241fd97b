package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import java.util.List;
import java.util.Optional;

/**
 * A recipe under a name, for everybody to ask for by {@code --preset}. Immutable.
 *
 * @param title what people read
 * @param model the model that it is for; whichever one has, where it is empty
 * @param eta 0 to 1, fresh noise in every step
 * @param loras on top of those of the model's own recipe
 * @param negative what is not to be seen; may be empty
 */
public record CataloguePreset(
    String name,
    String title,
    Optional<String> model,
    Optional<Integer> steps,
    Optional<Double> guidance,
    Optional<String> scheduler,
    Optional<ImageSize> size,
    Optional<Double> eta,
    List<LoraWeight> loras,
    String negative) {
  public CataloguePreset {
    loras = List.copyOf(loras);
  }
}
