package dev.hyperbrush.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a model's files are.
 *
 * <p>Immutable.
 *
 * @param main a folder, or one file that holds everything
 * @param unet a file whose UNet takes the place of the main one's
 * @param vae a file or folder whose VAE takes the place of the main one's
 * @param config a folder in diffusers layout whose configuration files describe a single file
 * @param taesd a tiny decoder for previews
 * @param tokenizers folders that may hold CLIP's vocabulary, for files that bring none; the first
 *     that holds it is taken
 */
public record ModelSource(
    Path main,
    Optional<Path> unet,
    Optional<Path> vae,
    Optional<Path> config,
    Optional<Path> taesd,
    List<Path> tokenizers) {
  /** Folders of folders of files, as diffusers lays them out. */
  private static final int DEEPEST = 3;

  public ModelSource {
    tokenizers = List.copyOf(tokenizers);
  }

  public ModelSource(
      Path main,
      Optional<Path> unet,
      Optional<Path> vae,
      Optional<Path> config,
      Optional<Path> taesd) {
    this(main, unet, vae, config, taesd, List.of());
  }

  public ModelSource(Path main, Optional<Path> unet, Optional<Path> vae) {
    this(main, unet, vae, Optional.empty(), Optional.empty());
  }

  /** A model that is whole in itself. */
  public static ModelSource of(Path main) {
    return new ModelSource(main, Optional.empty(), Optional.empty());
  }

  /** The same, described by the configuration files of a folder in diffusers layout. */
  public ModelSource withConfig(Path folder) {
    return new ModelSource(main, unet, vae, Optional.of(folder), taesd, tokenizers);
  }

  /** The same, with other folders that may hold CLIP's vocabulary. */
  public ModelSource withTokenizers(List<Path> folders) {
    return new ModelSource(main, unet, vae, config, taesd, folders);
  }

  /** The same with another UNet. */
  public ModelSource withUnet(Path file) {
    return new ModelSource(main, Optional.of(file), vae, config, taesd, tokenizers);
  }

  /** The same with another VAE. */
  public ModelSource withVae(Path fileOrFolder) {
    return new ModelSource(main, unet, Optional.of(fileOrFolder), config, taesd, tokenizers);
  }

  /** The files and folders that its parts come from. */
  public List<Path> files() {
    return Stream.of(Stream.of(main), unet.stream(), vae.stream()).flatMap(path -> path).toList();
  }

  /**
   * What tells these files from their later versions, without reading any; gone files give less.
   */
  public String stamp() {
    return Stream.of(Stream.of(main), unet.stream(), vae.stream(), config.stream(), taesd.stream())
        .flatMap(paths -> paths)
        .map(ModelSource::stamp)
        .collect(Collectors.joining("\n"));
  }

  private static String stamp(Path path) {
    try (Stream<Path> files = Files.walk(path, DEEPEST)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        text.append(file)
            .append(' ')
            .append(Files.size(file))
            .append(' ')
            .append(Files.getLastModifiedTime(file).toMillis())
            .append('\n');
      }
      return text.toString();
    } catch (IOException | UncheckedIOException gone) {
      return "";
    }
  }

  /**
   * Reads configurations and headers, no weights.
   *
   * @throws dev.hyperbrush.generation.Refusal when a file is missing, broken, or no such part
   */
  public ModelFiles open() {
    ModelFiles own = isFile() ? SingleFile.open(this) : folder();
    return unet.map(path -> own.withUnet(Replacement.unet(path, own))).orElse(own);
  }

  /** A file that is not there is missed as one. */
  private boolean isFile() {
    return Files.isRegularFile(main)
        || (main.toString().endsWith(".safetensors") && !Files.exists(main));
  }

  private ModelFiles folder() {
    ModelFiles files = DiffusersFolder.open(main);
    Optional<ModelConfig> own = Optional.of(files.vae().config());
    return vae.map(path -> files.withVae(Replacement.vae(path, files.family(), own))).orElse(files);
  }
}
