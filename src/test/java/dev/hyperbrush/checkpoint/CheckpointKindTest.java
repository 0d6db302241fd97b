package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hyperbrush.Reference;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointKindTest {
  @TempDir Path temp;

  /** Names and shapes as in the published files, a few that tell for each. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SDXL | model.diffusion_model.input_blocks.0.0.weight[320,4,3,3]"
            + " model.diffusion_model.output_blocks.0.0.in_layers.2.weight[1,1,3,3]"
            + " model.diffusion_model.middle_block.2.in_layers.0.weight[1]"
            + " model.diffusion_model.label_emb.0.0.weight[1280,2816]"
            + " conditioner.embedders.0.transformer.text_model.final_layer_norm.bias[768]",
        "SDXL_UNET | model.diffusion_model.input_blocks.0.0.weight[320,4,3,3]"
            + " model.diffusion_model.output_blocks.0.0.in_layers.2.weight[1,1,3,3]"
            + " model.diffusion_model.middle_block.2.in_layers.0.weight[1]"
            + " model.diffusion_model.label_emb.0.0.weight[1280,2816]",
        "SDXL_INPAINTING | model.diffusion_model.input_blocks.0.0.weight[320,9,3,3]"
            + " model.diffusion_model.output_blocks.0.0.in_layers.2.weight[1,1,3,3]"
            + " model.diffusion_model.middle_block.2.in_layers.0.weight[1]"
            + " model.diffusion_model.label_emb.0.0.weight[1280,2816]",
        "SDXL_REFINER | model.diffusion_model.input_blocks.0.0.weight[384,4,3,3]"
            + " model.diffusion_model.output_blocks.0.0.in_layers.2.weight[1,1,3,3]"
            + " model.diffusion_model.label_emb.0.0.weight[1536,2560]"
            + " conditioner.embedders.0.model.ln_final.weight[1280]",
        "SD15 | model.diffusion_model.input_blocks.0.0.weight[320,4,3,3]"
            + " model.diffusion_model.output_blocks.0.0.in_layers.2.weight[1,1,3,3]"
            + " cond_stage_model.transformer.text_model.final_layer_norm.bias[768]",
        "SD15_INPAINTING | model.diffusion_model.input_blocks.0.0.weight[320,9,3,3]"
            + " model.diffusion_model.output_blocks.0.0.in_layers.2.weight[1,1,3,3]"
            + " cond_stage_model.transformer.text_model.final_layer_norm.bias[768]",
        "INSTRUCT_PIX2PIX | model.diffusion_model.input_blocks.0.0.weight[320,8,3,3]"
            + " model.diffusion_model.output_blocks.0.0.in_layers.2.weight[1,1,3,3]"
            + " cond_stage_model.transformer.text_model.final_layer_norm.bias[768]",
        "SD2 | model.diffusion_model.input_blocks.0.0.weight[320,4,3,3]"
            + " model.diffusion_model.output_blocks.0.0.in_layers.2.weight[1,1,3,3]"
            + " cond_stage_model.model.ln_final.bias[1024]",
        "SD2_UNET | conv_in.weight[320,4,3,3] time_embedding.linear_1.weight[1280,320]"
            + " up_blocks.0.resnets.0.conv1.weight[1,1,3,3]"
            + " down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight[320,1024]",
        "SD15_UNET | conv_in.weight[320,4,3,3] time_embedding.linear_1.weight[1280,320]"
            + " up_blocks.0.resnets.0.conv1.weight[1,1,3,3]"
            + " down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight[320,768]",
        "SDXL_UNET | conv_in.weight[320,4,3,3] time_embedding.linear_1.weight[1280,320]"
            + " up_blocks.0.resnets.0.conv1.weight[1,1,3,3] mid_block.resnets.1.conv1.weight[1]"
            + " add_embedding.linear_1.weight[1280,2816]",
        "SDXL_DISTILLED | conv_in.weight[320,4,3,3] time_embedding.linear_1.weight[1280,320]"
            + " up_blocks.0.resnets.0.conv1.weight[1,1,3,3]"
            + " add_embedding.linear_1.weight[1280,2816]",
        "SD3 | model.diffusion_model.joint_blocks.0.context_block.mlp.fc1.weight[1,1]"
            + " first_stage_model.decoder.conv_in.weight[512,16,3,3]",
        "SD3 | transformer_blocks.0.attn.add_q_proj.weight[1,1]",
        "FLUX | double_blocks.0.img_attn.norm.key_norm.scale[128]",
        "FLUX | single_transformer_blocks.0.attn.to_q.weight[1,1]"
            + " transformer_blocks.0.attn.add_q_proj.weight[1,1]",
        "AURAFLOW | model.double_layers.0.attn.w2q.weight[1,1]"
            + " double_layers.0.attn.w2q.weight[1,1]",
        "STABLE_CASCADE | clip_txt_mapper.weight[2048,1280]"
            + " down_blocks.0.0.channelwise.0.weight[1]",
        "PIXART | adaln_single.linear.weight[1,1] caption_projection.linear_1.weight[1,4096]"
            + " transformer_blocks.0.attn1.to_q.weight[1,1]",
        "OTHER_TRANSFORMER | blocks.0.self_attn.q.weight[1,1] patch_embedding.weight[1,1,1,2,2]",
        "VAE | first_stage_model.decoder.conv_in.weight[512,4,3,3]"
            + " first_stage_model.decoder.mid.block_1.conv1.weight[1]",
        "VAE | decoder.conv_in.weight[512,4,3,3] decoder.mid_block.resnets.0.conv1.weight[1]",
        "OTHER_VAE | decoder.conv_in.weight[512,16,3,3] decoder.mid.block_1.conv1.weight[1]",
        "TAESD | decoder.layers.0.weight[64,4,3,3] decoder.layers.1.conv.0.weight[1]",
        "TAESD | 1.weight[64,4,3,3] 3.conv.0.weight[64,64,3,3]",
        "LORA | lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight[4,320]",
        "LORA | unet.down_blocks.0.attentions.0.proj_in.lora_A.weight[4,320]",
        "LORA | lora_te1_text_model_encoder_layers_0_mlp_fc1.hada_w1_a[8,4]",
        "EMBEDDING | clip_l[4,768] clip_g[4,1280]",
        "EMBEDDING | emb_params[8,768]",
        "CONTROLNET | control_model.time_embed.0.weight[1280,320]",
        "CONTROLNET | controlnet_cond_embedding.conv_in.weight[16,3,3,3] conv_in.weight[320,4,3,3]",
        "T2I_ADAPTER | adapter.body.0.in_conv.weight[1,1,1,1]",
        "IP_ADAPTER | image_proj.proj.weight[1,1] ip_adapter.1.to_k_ip.weight[1,1]",
        "ANIMATEDIFF | down_blocks.0.motion_modules.0.norm.weight[320]",
        "TEXT_ENCODER | text_model.embeddings.token_embedding.weight[494,768]",
        "TEXT_ENCODER | encoder.block.0.layer.0.SelfAttention.q.weight[1,1]",
        "UPSCALER | conv_first.weight[64,3,3,3] body.0.rdb1.conv1.weight[32,64,3,3]"
            + " body.0.rdb2.conv1.weight[1] body.0.rdb3.conv1.weight[1] conv_last.weight[1]",
        "UNKNOWN | something.else[3,4]",
      })
  void isSeenFromNamesAndShapes(CheckpointKind kind, String tensors) throws IOException {
    assertThat(CheckpointKind.of(write("sdxl-lora-vae.safetensors", tensors))).isEqualTo(kind);
  }

  @Test
  void theReferenceFilesAreWhatTheyAre() {
    assertThat(CheckpointKind.of(Reference.path("lora/lora_kohya.safetensors")))
        .isEqualTo(CheckpointKind.LORA);
    assertThat(
            CheckpointKind.of(Reference.path("tiny-sdxl/unet/diffusion_pytorch_model.safetensors")))
        .isEqualTo(CheckpointKind.SDXL_UNET);
    assertThat(
            CheckpointKind.of(Reference.path("tiny-sdxl/vae/diffusion_pytorch_model.safetensors")))
        .isEqualTo(CheckpointKind.VAE);
    assertThat(CheckpointKind.of(Reference.path("tiny-sdxl/text_encoder/model.safetensors")))
        .isEqualTo(CheckpointKind.TEXT_ENCODER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lora_unet_conv_in.lora_down.weight[4,4] | is a LoRA; | folder “loras”",
        "clip_l[4,768] clip_g[4,1280] | textual inversion embedding | folder “embeddings”",
        "decoder.conv_in.weight[512,4,3,3] decoder.mid.block_1.conv1.weight[1] | is a VAE alone |"
            + " “vae:”",
        "1.weight[64,4,3,3] 3.conv.0.weight[64,64,3,3] | tiny VAE | previews",
        "joint_blocks.0.x[1] | “SD 3” | Only models of SDXL and SD 1.5",
        "double_blocks.0.x[1] | “FLUX” | Only models of SDXL and SD 1.5",
        "control_model.x[1] | “ControlNet” | use another file",
        "something.else[3,4] | of no kind that is known | .safetensors",
      })
  void anotherKindIsRefusedAsWhatItIs(String tensors, String is, String remedy) throws IOException {
    Path file = write("my-sdxl-model.safetensors", tensors);
    assertThatThrownBy(() -> ModelSource.of(file).open())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(is)
        .hasMessageContaining(remedy);
  }

  @Test
  void aModelAmongTheLorasIsNamedToo() {
    Path unet = Reference.path("tiny-sdxl/unet/diffusion_pytorch_model.safetensors");
    assertThatThrownBy(() -> LoraFile.open(unet))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is an SDXL UNet alone; expected here: LoRA.");
  }

  @Test
  void anotherFormatIsRefusedAsWhatItIs() throws IOException {
    assertThat(codeOf("PK\u0003\u0004\0\0\10\10archive/data.pkl"))
        .isEqualTo(ReasonCode.FILE_PICKLED);
    assertThat(codeOf("\u0080\2}q\0X\5\0\0\0epochq\1K\1X")).isEqualTo(ReasonCode.FILE_PICKLED);
    assertThat(codeOf("\u0080\4\u0095\1\0\0\0\0\0\0\0}")).isEqualTo(ReasonCode.FILE_PICKLED);
    assertThat(codeOf("<!DOCTYPE html><html>Log in")).isEqualTo(ReasonCode.FILE_WEB_PAGE);
    assertThat(codeOf("\n  <html>")).isEqualTo(ReasonCode.FILE_WEB_PAGE);
    assertThat(codeOf("{\"error\":\"Unauthorized\"}")).isEqualTo(ReasonCode.FILE_WEB_PAGE);
    assertThat(codeOf("{}")).isEqualTo(ReasonCode.FILE_WEB_PAGE);
    assertThat(codeOf("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 7\n"))
        .isEqualTo(ReasonCode.FILE_LFS_POINTER);
    assertThat(codeOf("GGUF\3\0\0\0\0\0\0\0")).isEqualTo(ReasonCode.FILE_GGUF);
    assertThat(codeOf("")).isEqualTo(ReasonCode.FILE_EMPTY);
    assertThat(codeOf("\1\2\3\4\5\6\7\10\11")).isEqualTo(ReasonCode.WEIGHTS_BROKEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096})
  void aTruncatedFileSaysHowMuchIsMissing(int missing) throws IOException {
    Path whole = Reference.path("tiny-sdxl/vae/diffusion_pytorch_model.safetensors");
    byte[] bytes = Files.readAllBytes(whole);
    Path file = temp.resolve("cut.safetensors");
    Files.write(file, Arrays.copyOf(bytes, bytes.length - missing));
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("cut off: " + missing + " of its " + bytes.length + " bytes");
  }

  /** Files of odd names and shapes are refused, or opened; nothing else happens. */
  @Test
  void oddFilesAreRefusedOrOpened() throws IOException {
    List<String> names = names();
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      Map<String, String> tensors = new LinkedHashMap<>();
      for (int i = random.nextInt(names.size()); i >= 0; i -= 1 + random.nextInt(4)) {
        String name = mutated(names.get(i), random);
        int rank = random.nextInt(5);
        tensors.put(
            name,
            random.ints(rank, 0, 4).mapToObj(Integer::toString).collect(Collectors.joining(",")));
      }
      Path file = write("odd.safetensors", tensors);
      for (ThrowingCallable reading : readings(file)) {
        Throwable thrown = catchThrowable(reading);
        assertThat(thrown == null || thrown instanceof Refusal).as(tensors + " " + thrown).isTrue();
      }
    }
  }

  private static List<ThrowingCallable> readings(Path file) {
    SafetensorsFile opened = SafetensorsFile.open(file);
    ModelFamily family = ModelFamily.SDXL;
    return List.of(
        () -> ModelSource.of(file).open(),
        () -> Replacement.vae(file, ModelFamily.SD15, Optional.empty()),
        () -> new UnetShape(family, file, of("unet", FileParts.unet(opened))).config(8),
        () -> VaeShape.config(family, file, of("vae", FileParts.vae(opened))),
        () -> ClipShape.config(family, file, of("text_encoder", FileParts.firstEncoder(opened))),
        () ->
            ClipShape.config(family, file, of("text_encoder_2", FileParts.secondEncoder(opened))));
  }

  private static Weights of(String component, Map<String, WeightTensor> tensors) {
    return Weights.of(component, Path.of("odd"), tensors);
  }

  private static String mutated(String name, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> name.replaceFirst("\\d", Integer.toString(random.nextInt(100000)));
      case 1 -> name.substring(0, random.nextInt(name.length()));
      case 2 -> name + "." + random.nextInt();
      default -> name;
    };
  }

  /** Of a whole model of one layer each. */
  private static List<String> names() {
    List<String> names = new ArrayList<>();
    String unet = "model.diffusion_model.";
    for (String name :
        List.of(
            "input_blocks.0.0.weight",
            "output_blocks.0.0.in_layers.2.weight",
            "output_blocks.0.1.transformer_blocks.0.attn2.to_k.weight",
            "input_blocks.1.0.in_layers.2.weight",
            "input_blocks.1.0.out_layers.3.weight",
            "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight",
            "input_blocks.2.0.op.weight",
            "middle_block.2.in_layers.0.weight",
            "label_emb.0.0.weight",
            "time_embed.0.weight",
            "out.2.weight")) {
      names.add(unet + name);
    }
    String clip = "conditioner.embedders.0.transformer.text_model.";
    names.add(clip + "embeddings.token_embedding.weight");
    names.add(clip + "embeddings.position_embedding.weight");
    names.add(clip + "encoder.layers.0.mlp.fc1.weight");
    String open = "conditioner.embedders.1.model.";
    names.add(open + "token_embedding.weight");
    names.add(open + "positional_embedding");
    names.add(open + "text_projection");
    names.add(open + "transformer.resblocks.0.attn.in_proj_weight");
    names.add(open + "transformer.resblocks.0.mlp.c_fc.weight");
    names.add("first_stage_model.decoder.conv_in.weight");
    names.add("first_stage_model.decoder.conv_out.weight");
    names.add("first_stage_model.decoder.mid.block_1.conv1.weight");
    names.add("first_stage_model.decoder.mid.attn_1.q.weight");
    names.add("first_stage_model.decoder.up.0.block.0.conv2.weight");
    return names;
  }

  private ReasonCode codeOf(String content) throws IOException {
    Path file = temp.resolve("model.safetensors");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    Throwable thrown = catchThrowable(() -> ModelSource.of(file).open());
    assertThat(thrown).isInstanceOf(Refusal.class).hasMessageContaining(file.toString());
    return ((Refusal) thrown).code();
  }

  /** {@code name[2,3] other[4]}. */
  private Path write(String name, String tensors) throws IOException {
    Map<String, String> shapes = new LinkedHashMap<>();
    for (String tensor : tensors.strip().split(" +", -1)) {
      int bracket = tensor.indexOf('[');
      shapes.put(tensor.substring(0, bracket), tensor.substring(bracket + 1, tensor.length() - 1));
    }
    return write(name, shapes);
  }

  private Path write(String name, Map<String, String> shapes) throws IOException {
    StringBuilder header = new StringBuilder();
    long end = 0;
    for (Map.Entry<String, String> tensor : shapes.entrySet()) {
      long begin = end;
      end +=
          tensor.getValue().isEmpty()
              ? 1
              : Arrays.stream(tensor.getValue().split(",", -1))
                  .mapToLong(Long::parseLong)
                  .reduce(1, Math::multiplyExact);
      header.append(
          ",\"%s\":{\"dtype\":\"F8_E4M3\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
              .formatted(tensor.getKey(), tensor.getValue(), begin, end));
    }
    return SafetensorsWriter.write(
        temp.resolve(name), "{" + header.substring(1) + "}", new byte[Math.toIntExact(end)]);
  }
}
