package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ModelFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the tiny decoder of a model is: where its entry in {@code models.yaml} says, or in the data
 * folder under one of the usual names.
 *
 * <p>Immutable.
 *
 * @param data the data folder
 */
record TinyVaeFiles(Path data) {
  private static final List<String> FOLDERS = List.of("vae", "models/vae-approx");

  /** The file, or the folder in diffusers layout. */
  Optional<Path> find(Optional<Path> said, ModelFamily family) {
    return said.filter(Files::exists).or(() -> usual(name(family)));
  }

  private Optional<Path> usual(String name) {
    return FOLDERS.stream()
        .map(data::resolve)
        .flatMap(folder ->
            Stream.of(name + ".safetensors", name + "_decoder.safetensors", name)
                .map(folder::resolve))
        .filter(Files::exists)
        .findFirst();
  }

  private static String name(ModelFamily family) {
    return switch (family) {
      case SDXL -> "taesdxl";
      case SD15 -> "taesd";
    };
  }
}
