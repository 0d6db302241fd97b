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

  private static final int SD2_PROMPT_SIZE = 1024;

  /** Reads configurations and headers, no weights. */
  public static ModelFiles open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Refusal(ReasonCode.FOLDER_MISSING, folder, EXPECTED);
    }
    ModelConfig index = ModelConfig.read(folder.resolve("model_index.json"));
    ModelFamily family = family(index);
    Component unet = Component.open("unet", folder.resolve("unet"));
    requireUnetOf(family, unet.config());
    List<String> encoders = family == ModelFamily.SDXL ? List.of("", "_2") : List.of("");
    return new ModelFiles(
        folder,
        family,
        unet,
        Component.open("vae", folder.resolve("vae")),
        encoders.stream().map(number -> textEncoder(folder, number)).toList(),
        ModelConfig.read(folder.resolve("scheduler").resolve("scheduler_config.json")),
        family == ModelFamily.SDXL && index.flag("force_zeros_for_empty_prompt", true));
  }

  /** Of a {@code model_index.json}; optimum puts something before the names of pipelines. */
  static ModelFamily family(ModelConfig index) {
    String pipeline = index.text("_class_name", "").replaceFirst("^(ORT|Onnx)", "");
    if (pipeline.startsWith("StableDiffusionXL")) {
      return ModelFamily.SDXL;
    }
    if (pipeline.equals("StableDiffusionPipeline")) {
      return ModelFamily.SD15;
    }
    throw index.refusal(
        "_class_name", "StableDiffusionXLPipeline (SDXL) or StableDiffusionPipeline (SD 1.5)");
  }

  static void requireUnetOf(ModelFamily family, ModelConfig unet) {
    boolean isSdxl = unet.has("addition_embed_type");
    if (isSdxl != (family == ModelFamily.SDXL)) {
      throw unet.refusal("addition_embed_type", isSdxl ? "null, as in SD 1.5" : "text_time");
    }
    // Pipelines of SD 2 have the same name as those of SD 1.5.
    if (!isSdxl && unet.integer("cross_attention_dim", 0, 1, 1 << 20) == SD2_PROMPT_SIZE) {
      throw unet.refusal("cross_attention_dim", "768, as in SD 1.5; this is Stable Diffusion 2");
    }
  }

  private static TextEncoderFiles textEncoder(Path folder, String number) {
    String name = "text_encoder" + number;
    return new TextEncoderFiles(
        Component.open(name, folder.resolve(name)), folder.resolve("tokenizer" + number));
  }

  private DiffusersFolder() {}
}
