package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the parts of a model out of one file, each under the names of diffusers or transformers.
 * What belongs to none, such as weights averaged over the training ({@code model_ema.}) and
 * buffers, is left.
 */
final class FileParts {
  private static final List<String> UNET_PREFIXES =
      List.of("model.diffusion_model.", "diffusion_model.", "unet.", "");
  private static final List<String> VAE_PREFIXES = List.of("first_stage_model.", "vae.", "");

  static Map<String, WeightTensor> unet(SafetensorsFile file) {
    refuseScaled(file);
    for (String prefix : UNET_PREFIXES) {
      Map<String, WeightTensor> tensors = under(file, prefix);
      if (tensors.containsKey("input_blocks.0.0.weight")) {
        return OriginalUnet.asDiffusers(tensors);
      }
      if (tensors.containsKey("conv_in.weight")) {
        return named(tensors);
      }
    }
    return Map.of();
  }

  static Map<String, WeightTensor> vae(SafetensorsFile file) {
    for (String prefix : VAE_PREFIXES) {
      Map<String, WeightTensor> tensors = under(file, prefix);
      if (tensors.containsKey("decoder.conv_in.weight")) {
        return VaeNames.asDiffusers(tensors);
      }
    }
    return Map.of();
  }

  /** CLIP ViT-L in SDXL. */
  static Map<String, WeightTensor> firstEncoder(SafetensorsFile file) {
    return clip(under(file, "conditioner.embedders.0.transformer."));
  }

  /** OpenCLIP ViT-bigG in SDXL. */
  static Map<String, WeightTensor> secondEncoder(SafetensorsFile file) {
    return OpenClipNames.asTransformers(under(file, "conditioner.embedders.1.model."));
  }

  /** CLIP ViT-L in SD 1.x. */
  static Map<String, WeightTensor> onlyEncoder(SafetensorsFile file) {
    return clip(under(file, "cond_stage_model.transformer."));
  }

  /** Some old files lack the outermost module. */
  private static Map<String, WeightTensor> clip(Map<String, WeightTensor> tensors) {
    Map<String, WeightTensor> seen = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      boolean bare =
          name.startsWith("embeddings.")
              || name.startsWith("encoder.")
              || name.startsWith("final_layer_norm.");
      String whole = bare ? "text_model." + name : name;
      if (!whole.endsWith(".position_ids")) {
        seen.put(whole, tensor.named(whole));
      }
    });
    return seen;
  }

  private static Map<String, WeightTensor> under(SafetensorsFile file, String prefix) {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    file.tensors()
        .forEach((name, tensor) -> {
          if (name.startsWith(prefix)) {
            tensors.put(name.substring(prefix.length()), tensor);
          }
        });
    return tensors;
  }

  private static Map<String, WeightTensor> named(Map<String, WeightTensor> tensors) {
    Map<String, WeightTensor> seen = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> seen.put(name, tensor.named(name)));
    return seen;
  }

  private static void refuseScaled(SafetensorsFile file) {
    boolean scaled =
        file.names().stream()
            .anyMatch(name -> name.equals("scaled_fp8") || name.endsWith(".scale_weight"));
    if (scaled) {
      throw new Refusal(ReasonCode.FILE_WITH_SCALES, file.path());
    }
  }

  private FileParts() {}
}
