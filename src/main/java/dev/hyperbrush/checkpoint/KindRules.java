package dev.hyperbrush.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tells the kinds of files apart by what only one of them has. Sizes count where published
 * architectures differ in nothing else.
 *
 * <p>Immutable.
 */
final class KindRules {
  /** Where the denoiser of a file lies: as its makers trained it, or alone. */
  private static final List<String> DENOISER_PREFIXES =
      List.of("model.diffusion_model.", "diffusion_model.", "unet.", "");

  private static final List<String> LORA_ENDINGS =
      List.of(
          ".lora_down.weight",
          ".lora_up.weight",
          ".lora_A.weight",
          ".lora_B.weight",
          ".lora_A.default.weight",
          ".lora.down.weight",
          ".lora_linear_layer.down.weight",
          "_lora.down.weight",
          ".hada_w1_a",
          ".hada_w1_b",
          ".lokr_w1",
          ".lokr_w1_a",
          ".oft_diag",
          ".oft_blocks",
          ".on_input",
          ".dora_scale");

  /** Sizes of a token in CLIP ViT-L, ViT-H and ViT-bigG. */
  private static final List<Long> TOKEN_SIZES = List.of(768L, 1024L, 1280L);

  private static final int MAX_EMBEDDING_TENSORS = 4;
  private static final long SD2_PROMPT_SIZE = 1024;
  private static final long REFINER_ADDED_SIZE = 2560;

  private final NavigableMap<String, WeightTensor> tensors;

  KindRules(Map<String, WeightTensor> tensors) {
    this.tensors = new TreeMap<>(tensors);
  }

  CheckpointKind kind() {
    return Stream.<Optional<CheckpointKind>>of(
            adapter(), transformer(), originalUnet(), diffusersUnet(), vae(), smallFile())
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(CheckpointKind.UNKNOWN);
  }

  /** Before all others: adapters have pieces of a UNet, too. */
  private Optional<CheckpointKind> adapter() {
    if (under("image_proj.") || under("ip_adapter.")) {
      return Optional.of(CheckpointKind.IP_ADAPTER);
    }
    if (tensors.keySet().stream().anyMatch(KindRules::isOfLora)) {
      return Optional.of(CheckpointKind.LORA);
    }
    boolean controls =
        Stream.of(
                "control_model.",
                "controlnet_cond_embedding.",
                "controlnet_down_blocks.",
                "input_hint_block.",
                "zero_convs.")
            .anyMatch(this::under);
    if (controls) {
      return Optional.of(CheckpointKind.CONTROLNET);
    }
    if (tensors.keySet().stream().anyMatch(name -> name.contains(".motion_modules."))) {
      return Optional.of(CheckpointKind.ANIMATEDIFF);
    }
    boolean t2i = under("adapter.body.") || (under("body.0.block1.") && under("conv_in."));
    return t2i ? Optional.of(CheckpointKind.T2I_ADAPTER) : Optional.empty();
  }

  private static boolean isOfLora(String name) {
    return LORA_ENDINGS.stream().anyMatch(name::endsWith)
        || name.startsWith("lora_unet_")
        || name.startsWith("lora_te");
  }

  private Optional<CheckpointKind> transformer() {
    return DENOISER_PREFIXES.stream().map(this::transformer).flatMap(Optional::stream).findFirst();
  }

  private Optional<CheckpointKind> transformer(String at) {
    if (under(at + "joint_blocks.")) {
      return Optional.of(CheckpointKind.SD3);
    }
    if (under(at + "double_blocks.") || under(at + "single_transformer_blocks.")) {
      return Optional.of(CheckpointKind.FLUX);
    }
    if (under(at + "double_layers.")) {
      return Optional.of(CheckpointKind.AURAFLOW);
    }
    if (under(at + "clip_txt_mapper.") || under(at + "effnet_mapper.")) {
      return Optional.of(CheckpointKind.STABLE_CASCADE);
    }
    if (under(at + "transformer_blocks.0.attn.add_q_proj.")) {
      return Optional.of(CheckpointKind.SD3);
    }
    boolean pixart =
        under(at + "caption_projection.")
            || (under(at + "y_embedder.y_proj.") && under(at + "t_block."));
    if (pixart) {
      return Optional.of(CheckpointKind.PIXART);
    }
    boolean other =
        Stream.of(
                "transformer_blocks.0.",
                "x_embedder.",
                "patch_embed.",
                "patch_embedding.",
                "blocks.0.self_attn.",
                "layers.0.adaLN_modulation.",
                "double_stream_blocks.",
                "cap_embedder.")
            .anyMatch(name -> under(at + name));
    return other ? Optional.of(CheckpointKind.OTHER_TRANSFORMER) : Optional.empty();
  }

  private Optional<CheckpointKind> originalUnet() {
    return DENOISER_PREFIXES.stream()
        .filter(at -> under(at + "input_blocks.0.0.") && under(at + "output_blocks."))
        .findFirst()
        .map(this::originalUnet);
  }

  private CheckpointKind originalUnet(String at) {
    boolean whole = under("conditioner.") || under("cond_stage_model.");
    if (tensors.containsKey("edm_mean")) {
      return CheckpointKind.PLAYGROUND;
    }
    long channels = size(at + "input_blocks.0.0.weight", 1);
    boolean added = under(at + "label_emb.");
    if (channels == 8) {
      return CheckpointKind.INSTRUCT_PIX2PIX;
    }
    if (added) {
      boolean refiner =
          under("conditioner.embedders.0.model.")
              || size(at + "label_emb.0.0.weight", 1) == REFINER_ADDED_SIZE;
      return refiner ? CheckpointKind.SDXL_REFINER : sdxl(at, channels, whole);
    }
    boolean sd2 = under("cond_stage_model.model.") || promptSize(at) == SD2_PROMPT_SIZE;
    return sd2 ? sd2(whole) : sd15(channels, whole);
  }

  private CheckpointKind sdxl(String at, long channels, boolean whole) {
    if (channels > 4) {
      return CheckpointKind.SDXL_INPAINTING;
    }
    // A middle without its second resnet, or blocks of uneven depth: SDXL with layers taken out.
    if (!under(at + "middle_block.2.")) {
      return CheckpointKind.SDXL_DISTILLED;
    }
    return whole ? CheckpointKind.SDXL : CheckpointKind.SDXL_UNET;
  }

  private static CheckpointKind sd2(boolean whole) {
    return whole ? CheckpointKind.SD2 : CheckpointKind.SD2_UNET;
  }

  private static CheckpointKind sd15(long channels, boolean whole) {
    if (channels > 4) {
      return CheckpointKind.SD15_INPAINTING;
    }
    return whole ? CheckpointKind.SD15 : CheckpointKind.SD15_UNET;
  }

  private Optional<CheckpointKind> diffusersUnet() {
    return Stream.of("", "unet.")
        .filter(at -> under(at + "time_embedding.") && under(at + "up_blocks.0.resnets."))
        .findFirst()
        .map(this::diffusersUnet);
  }

  private CheckpointKind diffusersUnet(String at) {
    long channels = size(at + "conv_in.weight", 1);
    if (channels == 8) {
      return CheckpointKind.INSTRUCT_PIX2PIX;
    }
    if (!under(at + "add_embedding.")) {
      return promptSize(at) == SD2_PROMPT_SIZE ? CheckpointKind.SD2_UNET : sd15(channels, false);
    }
    if (size(at + "add_embedding.linear_1.weight", 1) == REFINER_ADDED_SIZE) {
      return CheckpointKind.SDXL_REFINER;
    }
    if (!under(at + "mid_block.resnets.1.")) {
      return CheckpointKind.SDXL_DISTILLED;
    }
    return channels > 4 ? CheckpointKind.SDXL_INPAINTING : CheckpointKind.SDXL_UNET;
  }

  private Optional<CheckpointKind> vae() {
    for (String at : List.of("first_stage_model.", "vae.", "")) {
      String decoder = at + "decoder.";
      if (under(decoder + "mid.block_1.") || under(decoder + "mid_block.resnets.0.")) {
        boolean ours =
            rank(decoder + "conv_in.weight") == 4 && size(decoder + "conv_in.weight", 1) == 4;
        return Optional.of(ours ? CheckpointKind.VAE : CheckpointKind.OTHER_VAE);
      }
      if (under(decoder + "conv_in.")) {
        return Optional.of(CheckpointKind.OTHER_VAE);
      }
    }
    boolean taesd =
        under("decoder.layers.1.")
            || under("encoder.layers.1.")
            || (under("decoder.1.") && under("decoder.3.conv."))
            || (tensors.containsKey("1.weight") && under("3.conv."))
            || (tensors.containsKey("0.weight") && under("1.conv."));
    return taesd ? Optional.of(CheckpointKind.TAESD) : Optional.empty();
  }

  private Optional<CheckpointKind> smallFile() {
    boolean text =
        Stream.of(
                "text_model.embeddings.",
                "text_model.encoder.",
                "transformer.text_model.",
                "transformer.resblocks.0.",
                "encoder.block.0.layer.0.SelfAttention.",
                "text_encoders.",
                "text_projection.")
            .anyMatch(this::under);
    if (text || (under("positional_embedding") && under("token_embedding."))) {
      return Optional.of(CheckpointKind.TEXT_ENCODER);
    }
    boolean upscaler =
        Stream.of("conv_first.", "model.0.", "params_ema.", "body.0.rdb1.", "RRDB_trunk.")
            .anyMatch(this::under);
    if (upscaler && tensors.size() > MAX_EMBEDDING_TENSORS) {
      return Optional.of(CheckpointKind.UPSCALER);
    }
    return isEmbedding() ? Optional.of(CheckpointKind.EMBEDDING) : Optional.empty();
  }

  private boolean isEmbedding() {
    if (tensors.containsKey("clip_l") || tensors.containsKey("clip_g")) {
      return true;
    }
    return tensors.size() <= MAX_EMBEDDING_TENSORS
        && tensors.values().stream()
            .anyMatch(tensor ->
                tensor.shape().size() <= 2
                    && !tensor.shape().isEmpty()
                    && TOKEN_SIZES.contains(tensor.shape().getLast()));
  }

  /** Size of the prompt embeddings that the first cross attention reads. */
  private long promptSize(String at) {
    return tensors.tailMap(at, true).keySet().stream()
        .takeWhile(name -> name.startsWith(at))
        .filter(name -> name.endsWith(".attn2.to_k.weight"))
        .findFirst()
        .map(name -> size(name, 1))
        .orElse(0L);
  }

  /** Whether there is a tensor whose name begins so. */
  private boolean under(String prefix) {
    String next = tensors.ceilingKey(prefix);
    return next != null && next.startsWith(prefix);
  }

  private long size(String name, int axis) {
    WeightTensor tensor = tensors.get(name);
    return tensor == null || tensor.shape().size() <= axis ? 0 : tensor.shape().get(axis);
  }

  private int rank(String name) {
    WeightTensor tensor = tensors.get(name);
    return tensor == null ? 0 : tensor.shape().size();
  }
}
