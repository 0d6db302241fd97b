package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.ModelFiles.TextEncoderFiles;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The layout of diffusers: a folder with {@code model_index.json} and one folder for each part of
 * the model.
 */
public final class DiffusersFolder {
  private static final String EXPECTED =
      "model_index.json, unet, vae, text_encoder, text_encoder_2, tokenizer, tokenizer_2,"
          + " scheduler";

  /** Reads configurations and headers, no weights. */
  public static ModelFiles open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Refusal(ReasonCode.FOLDER_MISSING, folder, EXPECTED);
    }
    ModelConfig index = ModelConfig.read(folder.resolve("model_index.json"));
    if (!index.text("_class_name", "").startsWith("StableDiffusionXL")) {
      throw index.refusal("_class_name", "StableDiffusionXLPipeline (an SDXL model)");
    }
    return new ModelFiles(
        folder,
        ModelFamily.SDXL,
        Component.open("unet", folder.resolve("unet")),
        Component.open("vae", folder.resolve("vae")),
        List.of(textEncoder(folder, ""), textEncoder(folder, "_2")),
        ModelConfig.read(folder.resolve("scheduler").resolve("scheduler_config.json")),
        index.flag("force_zeros_for_empty_prompt", true));
  }

  private static TextEncoderFiles textEncoder(Path folder, String number) {
    String name = "text_encoder" + number;
    return new TextEncoderFiles(
        Component.open(name, folder.resolve(name)), folder.resolve("tokenizer" + number));
  }

  private DiffusersFolder() {}
}
