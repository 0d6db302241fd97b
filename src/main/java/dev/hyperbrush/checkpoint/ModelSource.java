package dev.hyperbrush.checkpoint;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a model's files are.
 *
 * <p>Immutable.
 *
 * @param main a folder, or one file that holds everything
 * @param unet a file whose UNet takes the place of the main one's
 * @param vae a file or folder whose VAE takes the place of the main one's
 * @param config a folder in diffusers layout whose {@code config.json} files describe a single file
 * @param taesd a tiny decoder for previews
 */
public record ModelSource(
    Path main,
    Optional<Path> unet,
    Optional<Path> vae,
    Optional<Path> config,
    Optional<Path> taesd) {
  public ModelSource(Path main, Optional<Path> unet, Optional<Path> vae) {
    this(main, unet, vae, Optional.empty(), Optional.empty());
  }

  /** A model that is whole in itself. */
  public static ModelSource of(Path main) {
    return new ModelSource(main, Optional.empty(), Optional.empty());
  }

  /** Reads configurations and headers, no weights. */
  public ModelFiles open() {
    return DiffusersFolder.open(main);
  }
}
