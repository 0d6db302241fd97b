package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An SDXL model in the layout of diffusers: a folder with {@code model_index.json} and one folder
 * for each part. Opening reads configurations and headers, no weights.
 *
 * <p>Immutable.
 *
 * @param tokenizer folder of the first text encoder's vocabulary
 * @param tokenizer2 folder of the second text encoder's vocabulary
 * @param scheduler the noise schedule that the model was trained with
 * @param forceZerosForEmptyPrompt whether an absent negative prompt means embeddings of zeros
 *     rather than those of an empty text
 */
public record DiffusersFolder(
    Path folder,
    Component unet,
    Component vae,
    Component textEncoder,
    Component textEncoder2,
    Path tokenizer,
    Path tokenizer2,
    ModelConfig scheduler,
    boolean forceZerosForEmptyPrompt) {
  private static final String EXPECTED =
      "model_index.json, unet, vae, text_encoder, text_encoder_2, tokenizer, tokenizer_2,"
          + " scheduler";

  public static DiffusersFolder open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Refusal(ReasonCode.FOLDER_MISSING, folder, EXPECTED);
    }
    ModelConfig index = ModelConfig.read(folder.resolve("model_index.json"));
    if (!index.text("_class_name", "").startsWith("StableDiffusionXL")) {
      throw index.refusal("_class_name", "StableDiffusionXLPipeline (an SDXL model)");
    }
    return new DiffusersFolder(
        folder,
        Component.open("unet", folder.resolve("unet")),
        Component.open("vae", folder.resolve("vae")),
        Component.open("text_encoder", folder.resolve("text_encoder")),
        Component.open("text_encoder_2", folder.resolve("text_encoder_2")),
        folder.resolve("tokenizer"),
        folder.resolve("tokenizer_2"),
        ModelConfig.read(folder.resolve("scheduler").resolve("scheduler_config.json")),
        index.flag("force_zeros_for_empty_prompt", true));
  }
}
