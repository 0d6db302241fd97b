package dev.hyperbrush.checkpoint;

import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes the tensors of a model in diffusers layout as one file with the names of the original
 * code, for tests: the way that community files go, in the other direction.
 */
public final class OriginalLayout {
  private static final String[] PACKED = {"q_proj", "k_proj", "v_proj"};

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** One file of a whole SDXL model, with what such files hold besides weights. */
  public static Path writeSdxl(ModelFiles model, DType dtype, Path file) throws IOException {
    return writeSdxl(model, name -> dtype, file);
  }

  /** As {@link #writeSdxl(ModelFiles, DType, Path)}, each tensor in the type for its name. */
  public static Path writeSdxl(ModelFiles model, Function<String, DType> dtypes, Path file)
      throws IOException {
    OriginalLayout layout = new OriginalLayout();
    layout.putUnet("model.diffusion_model.", model.unet());
    layout.putClip("conditioner.embedders.0.transformer.", encoder(model, 0));
    layout.putOpenClip("conditioner.embedders.1.model.", encoder(model, 1));
    layout.putVae("first_stage_model.", model.vae());
    layout.put("denoiser.sigmas", Tensor.zeros(1000));
    layout.put("conditioner.embedders.1.model.logit_scale", Tensor.zeros());
    layout.put(
        "conditioner.embedders.0.transformer.text_model.embeddings.position_ids",
        Tensor.zeros(1, 77));
    layout.put("model_ema.diffusion_modelinput_blocks00weight", Tensor.zeros(1));
    return SafetensorsWriter.write(file, dtypes, layout.tensors);
  }

  /** One file of a whole SD 1.5 model. */
  public static Path writeSd15(ModelFiles model, DType dtype, Path file) throws IOException {
    OriginalLayout layout = new OriginalLayout();
    layout.putUnet("model.diffusion_model.", model.unet());
    layout.putClip("cond_stage_model.transformer.", encoder(model, 0));
    layout.putVae("first_stage_model.", model.vae());
    layout.put("alphas_cumprod", Tensor.zeros(1000));
    return SafetensorsWriter.write(file, dtype, layout.tensors);
  }

  /** The UNet alone under original names, behind a prefix or none. */
  public static Path writeUnet(Component unet, String prefix, DType dtype, Path file)
      throws IOException {
    OriginalLayout layout = new OriginalLayout();
    layout.putUnet(prefix, unet);
    return SafetensorsWriter.write(file, dtype, layout.tensors);
  }

  /** The VAE alone under original names. */
  public static Path writeVae(Component vae, DType dtype, Path file) throws IOException {
    OriginalLayout layout = new OriginalLayout();
    layout.putVae("", vae);
    return SafetensorsWriter.write(file, dtype, layout.tensors);
  }

  private static Component encoder(ModelFiles model, int index) {
    return model.textEncoders().get(index).component();
  }

  private void put(String name, Tensor tensor) {
    tensors.put(name, tensor);
  }

  private void putUnet(String prefix, Component unet) {
    Map<String, Tensor> values = Components.values(unet);
    SgmNames names =
        new SgmNames(
            values.keySet().stream()
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .toList());
    values.forEach((name, tensor) -> {
      int dot = name.lastIndexOf('.');
      put(prefix + names.of(name.substring(0, dot)) + name.substring(dot), tensor);
    });
  }

  private void putClip(String prefix, Component clip) {
    Components.values(clip).forEach((name, tensor) -> put(prefix + name, tensor));
  }

  private void putOpenClip(String prefix, Component clip) {
    Map<String, Tensor> values = Components.values(clip);
    values.forEach((name, tensor) -> {
      if (name.equals("text_projection.weight")) {
        put(prefix + "text_projection", transpose(tensor));
      } else if (!name.matches(".*\\.[qkv]_proj\\..*")) {
        put(prefix + openClipName(name), tensor);
      } else if (name.contains(".q_proj.")) {
        String packed = name.endsWith("weight") ? "in_proj_weight" : "in_proj_bias";
        String layer = name.substring(0, name.indexOf("self_attn."));
        Tensor[] parts = new Tensor[PACKED.length];
        Arrays.setAll(parts, i -> values.get(name.replace("q_proj", PACKED[i])));
        put(prefix + openClipName(layer) + "attn." + packed, stack(parts));
      }
    });
  }

  private static String openClipName(String name) {
    return name.replace("text_model.encoder.layers.", "transformer.resblocks.")
        .replace("text_model.embeddings.token_embedding", "token_embedding")
        .replace("text_model.embeddings.position_embedding.weight", "positional_embedding")
        .replace("text_model.final_layer_norm", "ln_final")
        .replace("layer_norm1", "ln_1")
        .replace("layer_norm2", "ln_2")
        .replace("mlp.fc1", "mlp.c_fc")
        .replace("mlp.fc2", "mlp.c_proj")
        .replace("self_attn.out_proj", "attn.out_proj");
  }

  private void putVae(String prefix, Component vae) {
    int blocks = vae.config().integers("block_out_channels", 1, 1 << 20).size();
    Components.values(vae)
        .forEach((name, tensor) -> {
          boolean pointwise = name.contains("attentions") && tensor.shape().length == 2;
          int[] shape = tensor.shape();
          put(
              prefix + vaeName(name, blocks),
              pointwise ? new Tensor(new int[] {shape[0], shape[1], 1, 1}, tensor.data()) : tensor);
        });
  }

  private static String vaeName(String name, int blocks) {
    String original = name;
    for (int i = 0; i < blocks; i++) {
      original = original.replace("up_blocks." + i + ".", "up." + (blocks - 1 - i) + ".");
    }
    return original
        .replace("down_blocks.", "down.")
        .replace("mid_block.resnets.0", "mid.block_1")
        .replace("mid_block.resnets.1", "mid.block_2")
        .replace("mid_block.attentions.0.group_norm", "mid.attn_1.norm")
        .replace("mid_block.attentions.0.to_out.0", "mid.attn_1.proj_out")
        .replace("mid_block.attentions.0.to_", "mid.attn_1.")
        .replace("resnets.", "block.")
        .replace("conv_shortcut", "nin_shortcut")
        .replace("downsamplers.0", "downsample")
        .replace("upsamplers.0", "upsample")
        .replace("conv_norm_out", "norm_out");
  }

  private static Tensor transpose(Tensor matrix) {
    int rows = matrix.shape()[0];
    int columns = matrix.shape()[1];
    Tensor transposed = Tensor.zeros(columns, rows);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed.data()[column * rows + row] = matrix.data()[row * columns + column];
      }
    }
    return transposed;
  }

  private static Tensor stack(Tensor... parts) {
    int[] shape = parts[0].shape().clone();
    shape[0] *= parts.length;
    Tensor stacked = Tensor.zeros(shape);
    int length = parts[0].data().length;
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i].data(), 0, stacked.data(), i * length, length);
    }
    return stacked;
  }
}
