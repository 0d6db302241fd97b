package dev.hyperbrush.pipeline;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What is installed now: models and LoRAs come and go while the program runs. Whoever needs several
 * answers that belong together asks {@link #get} once. Thread-safe.
 */
public final class InstalledCatalogue implements Supplier<ModelCatalogue> {
  private final Path data;
  private final Optional<Path> modelsFile;
  private final Supplier<String> defaultModel;
  private final LoraLibrary library;
  private volatile ModelCatalogue current;

  private InstalledCatalogue(Path data, Optional<Path> modelsFile, Supplier<String> defaultModel) {
    this.data = data;
    this.modelsFile = modelsFile;
    this.defaultModel = defaultModel;
    this.library = new LoraLibrary(data);
    this.current =
        new InstalledModels(data, any -> true, library).find(modelsFile, defaultModel.get());
  }

  /** As {@link ModelCatalogue#load(Path, Optional, String)} finds it, for a start. */
  public static InstalledCatalogue open(Path data, Optional<Path> modelsFile, String defaultModel) {
    return open(data, modelsFile, () -> defaultModel);
  }

  /** With a default that may be another one at every look. */
  public static InstalledCatalogue open(
      Path data, Optional<Path> modelsFile, Supplier<String> defaultModel) {
    return new InstalledCatalogue(data, modelsFile, defaultModel);
  }

  /** What was found last. */
  @Override
  public ModelCatalogue get() {
    return current;
  }

  /**
   * Looks around again. Without the model that is the default for people who name none, the
   * built-in one takes its place until it is back.
   *
   * @param ready whether a file or folder may be used, as nobody writes it any more; what was in
   *     use before stays so as long as it is there
   * @return what was found before
   * @throws Refusal when {@code models.yaml} is wrong now, or a folder cannot be read; what was
   *     found before stays
   */
  public synchronized ModelCatalogue reload(Predicate<Path> ready) {
    ModelCatalogue before = current;
    String wanted = defaultModel.get();
    ModelCatalogue found =
        new InstalledModels(data, ready.or(before::uses), library)
            .find(modelsFile, ModelCatalogue.BUILTIN);
    current =
        found
            .find(wanted)
            .map(found::withDefault)
            .orElseGet(() ->
                found.with(
                    Phrase.of(ReasonCode.DEFAULT_MODEL_GONE, wanted, ModelCatalogue.BUILTIN)));
    return before;
  }
}
