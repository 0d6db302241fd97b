package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.CheckpointInfo;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.scheduler.TimestepSpacing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a model that nobody has described is run: as its configuration files say, or, for a single
 * file, as its family is. That a file is distilled to few steps cannot be seen from its weights.
 */
final class ModelDefaults {
  static final String ENDING = ".safetensors";

  /**
   * @throws dev.hyperbrush.generation.Refusal when the files are broken or no model, saying what
   *     they are
   */
  static ModelVariant of(String id, ModelSource source) {
    if (source.config().isPresent()) {
      return new ModelFolder(source.config().get()).variant(id).withSource(source);
    }
    return isFile(source.main())
        ? ofFile(id, source)
        : new ModelFolder(source.main()).variant(id).withSource(source);
  }

  /** Whether it is called like a file of weights. */
  static boolean isFile(Path path) {
    return path.toString().endsWith(ENDING) && !Files.isDirectory(path);
  }

  private static ModelVariant ofFile(String id, ModelSource source) {
    CheckpointInfo info = CheckpointInfo.read(source.main());
    // Only trailing timesteps begin with the pure noise that it was trained on.
    TimestepSpacing spacing =
        info.zeroTerminalSnr() ? TimestepSpacing.TRAILING : TimestepSpacing.LEADING;
    Optional<Integer> side = info.side().filter(ModelDefaults::isSide);
    return ModelFolder.trained(
            id, source, new ModelFolder.Trained(info.wholeModel(), side, spacing))
        .withTitle(info.title().orElse(id));
  }

  private static boolean isSide(int side) {
    return side >= ImageSize.MIN && side <= ImageSize.MAX;
  }

  private ModelDefaults() {}
}
