package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.generation.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A picture of the style of each model: the same prompt and seed for all, drawn as people get it
 * who name nothing. Kept in the cache until the model, its files or the prompt change. Thread-safe.
 */
public final class StylePictures {
  /** Of one picture. */
  public static final int MOST_BYTES = 200_000;

  private static final Seed SEED = new Seed(7);
  private static final int KEY_DIGITS = 32;

  private final Path folder;
  private final StyleSettings settings;

  /** Those that could not be drawn; tried again after a restart, or when their files change. */
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  /** Kept below the data folder. */
  public StylePictures(Path data, StyleSettings settings) {
    this.folder = data.resolve("cache/styles");
    this.settings = settings;
  }

  /** The picture of a model, a JPEG; empty while there is none. */
  public Optional<Path> find(ModelVariant model) {
    return Optional.of(file(model)).filter(Files::isRegularFile);
  }

  /**
   * The next model without a picture, the default one first.
   *
   * @param which only of these
   */
  public Optional<ModelVariant> missing(ModelCatalogue catalogue, Predicate<ModelVariant> which) {
    if (!settings.drawn()) {
      return Optional.empty();
    }
    return Stream.concat(Stream.of(catalogue.defaultModel()), catalogue.all().stream())
        .filter(which)
        .filter(model -> find(model).isEmpty() && !failed.contains(key(model)))
        .findFirst();
  }

  /** What to draw. */
  public GenerationRequest request(ModelVariant model) {
    Recipe recipe = model.recipes().getFirst();
    return new GenerationRequest(
        model.id(),
        settings.prompt(),
        "",
        model.nativeSize(),
        recipe.defaultSteps(),
        recipe.defaultGuidance(),
        recipe.scheduler(),
        recipe.eta(),
        SEED,
        1,
        List.of(),
        0);
  }

  /** Keeps what was drawn. */
  public void keep(ModelVariant model, byte[] jpeg) throws IOException {
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, "", ".tmp");
    try {
      Files.write(temporary, jpeg);
      Files.move(temporary, file(model), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** It cannot be drawn, and is not tried again for now. */
  public void giveUp(ModelVariant model) {
    failed.add(key(model));
  }

  private Path file(ModelVariant model) {
    return folder.resolve(key(model) + ".jpg");
  }

  /** Changes with all that changes the picture. */
  private String key(ModelVariant model) {
    StringBuilder text = new StringBuilder(request(model) + "\n" + model.source() + "\n");
    text.append(model.recipes().getFirst().loras());
    text.append(model.source().stamp());
    return Sha256.of(text.toString()).substring(0, KEY_DIGITS);
  }
}
