package dev.hyperbrush.generation;

import java.util.List;

/**
 * The pictures of a request, picture i drawn from seed + i.
 *
 * @param notices what the person should know, for example that the prompt was cut
 */
public record GenerationResult(List<RgbImage> images, List<Phrase> notices) {
  public GenerationResult {
    images = List.copyOf(images);
    notices = List.copyOf(notices);
  }
}
