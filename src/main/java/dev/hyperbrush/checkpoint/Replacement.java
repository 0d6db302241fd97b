package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.CheckpointKind.Use;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Parts that take the place of a model's own, from a file or folder of their own. */
final class Replacement {
  /**
   * The UNet of a file or of a component's folder, also of a whole model's file.
   *
   * @param model whose own UNet it replaces, and is configured like
   */
  static Component unet(Path path, ModelFiles model) {
    if (Files.isDirectory(path)) {
      return model.unet().withWeights(Weights.open("unet", path));
    }
    SafetensorsFile file = SafetensorsFile.open(path);
    CheckpointKind kind = CheckpointKind.of(file);
    if (kind.use() != Use.UNET && kind.use() != Use.MODEL) {
      throw WrongKind.of(path, kind, model.family().title() + " UNet");
    }
    ModelFamily family = kind.family().orElseThrow();
    if (family != model.family()) {
      throw new Refusal(
          ReasonCode.MODEL_UNET_OF_OTHER_FAMILY,
          path,
          family.title(),
          model.origin(),
          model.family().title());
    }
    return model.unet().withWeights(Weights.of("unet", file.path(), FileParts.unet(file)));
  }

  /**
   * The VAE of a file, of a component's folder, or of a whole model.
   *
   * @param family of the model that it becomes a part of
   * @param own how that model's own VAE is configured; holds for another of the same shape, too
   */
  static Component vae(Path path, ModelFamily family, Optional<ModelConfig> own) {
    if (Files.isDirectory(path)) {
      Path folder = path.resolve("vae");
      return Component.open("vae", Files.isDirectory(folder) ? folder : path);
    }
    SafetensorsFile file = SafetensorsFile.open(path);
    CheckpointKind kind = CheckpointKind.of(file);
    Map<String, WeightTensor> tensors = FileParts.vae(file);
    if ((kind.use() != Use.VAE && kind.use() != Use.MODEL) || tensors.isEmpty()) {
      throw WrongKind.of(path, kind, "VAE");
    }
    Weights weights = Weights.of("vae", file.path(), tensors);
    ModelConfig seen = VaeShape.config(family, file.path(), weights);
    return new Component(own.filter(config -> haveSameBlocks(config, seen)).orElse(seen), weights);
  }

  private static boolean haveSameBlocks(ModelConfig a, ModelConfig b) {
    String key = "block_out_channels";
    return a.json().path(key).toString().equals(b.json().path(key).toString());
  }

  private Replacement() {}
}
