package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.Reference;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SingleFileTest {
  @TempDir static Path temp;

  private static Path data;
  private static ModelFiles folder;
  private static Path file;

  @BeforeAll
  static void convert() throws IOException {
    data = temp.resolve("tiny");
    new BuiltinFiles("/dev/hyperbrush/models/tiny").unpackTo(data);
    folder = ModelSource.of(data).open();
    file = OriginalLayout.writeSdxl(folder, DType.F16, temp.resolve("single.safetensors"));
  }

  @Test
  void holdsExactlyTheTensorsOfTheFolder() {
    ModelFiles single = ModelSource.of(file).withConfig(data).open();
    assertSame(single, folder);
    assertThat(single.family()).isEqualTo(ModelFamily.SDXL);
    assertThat(single.textEncoders().get(1).padding()).contains("!");
  }

  @Test
  void theSameForSd15() throws IOException {
    Path sd15 = Reference.path("tiny-sd15");
    ModelFiles expected = ModelSource.of(sd15).open();
    Path whole = OriginalLayout.writeSd15(expected, DType.F16, temp.resolve("15.safetensors"));
    assertThat(CheckpointKind.of(whole)).isEqualTo(CheckpointKind.SD15);
    ModelSource source = ModelSource.of(whole).withTokenizers(List.of(vocabulary(49408)));

    ModelFiles single = source.withConfig(sd15).open();
    assertSame(single, expected);
    assertThat(single.family()).isEqualTo(ModelFamily.SD15);
    assertThat(single.forceZerosForEmptyPrompt()).isFalse();

    ModelFiles seen = source.open();
    assertAgree(
        seen.unet(),
        expected.unet(),
        "in_channels",
        "block_out_channels",
        "down_block_types",
        "up_block_types",
        "cross_attention_dim",
        "addition_embed_type");
    assertAgree(seen.vae(), expected.vae(), "block_out_channels");
    assertThat(seen.vae().config().number("scaling_factor", 0, 0, 1)).isEqualTo(0.18215);
    assertAgree(
        seen.textEncoders().getFirst().component(),
        expected.textEncoders().getFirst().component(),
        "hidden_size",
        "num_hidden_layers",
        "hidden_act");
    assertThatThrownBy(() -> ModelSource.of(data).withUnet(whole).open())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is of SD 1.5, but the model");
  }

  private static Path vocabulary(int words) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("words"));
    String entries =
        IntStream.range(0, words)
            .mapToObj(id -> "\"w" + id + "\":" + id)
            .collect(Collectors.joining(","));
    Files.writeString(folder.resolve("vocab.json"), "{" + entries + "}");
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
    return folder;
  }

  @Test
  void theReferenceFileHoldsTheTensorsOfItsFolder() {
    Path reference =
        Reference.optional("single-file/tiny-sdxl-single.safetensors", "11 MB, not committed");
    Path config = Reference.path("tiny-sdxl");
    ModelSource source =
        ModelSource.of(reference)
            .withConfig(config)
            .withTokenizers(List.of(Reference.path("tokenizer")));
    assertSame(source.open(), ModelSource.of(config).open());
  }

  private static void assertSame(ModelFiles actual, ModelFiles expected) {
    assertSame(actual.unet(), expected.unet());
    assertSame(actual.vae(), expected.vae());
    for (int i = 0; i < expected.textEncoders().size(); i++) {
      assertSame(
          actual.textEncoders().get(i).component(), expected.textEncoders().get(i).component());
    }
  }

  private static void assertSame(Component actual, Component expected) {
    Weights weights = expected.weights();
    assertThat(actual.weights().names())
        .containsExactlyInAnyOrderElementsOf(
            weights.names().stream().filter(name -> !name.endsWith("position_ids")).toList());
    for (String name : actual.weights().names()) {
      Tensor tensor = actual.weights().get(name).read();
      assertThat(tensor.shape()).as(name).isEqualTo(weights.get(name).read().shape());
      assertThat(tensor.data()).as(name).isEqualTo(weights.get(name).read().data());
    }
  }

  /** All but the number of heads, which shapes do not tell. */
  @Test
  void seesTheConfigurationFromShapes() {
    ModelFiles seen = withVocabulary(file).open();
    assertAgree(
        seen.unet(),
        folder.unet(),
        "in_channels",
        "out_channels",
        "block_out_channels",
        "down_block_types",
        "up_block_types",
        "cross_attention_dim",
        "addition_time_embed_dim",
        "projection_class_embeddings_input_dim");
    String[] ofVae = {"block_out_channels", "latent_channels", "layers_per_block"};
    assertAgree(seen.vae(), folder.vae(), ofVae);
    for (int i = 0; i < 2; i++) {
      assertAgree(
          seen.textEncoders().get(i).component(),
          folder.textEncoders().get(i).component(),
          "hidden_size",
          "intermediate_size",
          "num_hidden_layers",
          "vocab_size");
    }
    assertThat(seen.scheduler().text("prediction_type", "")).isEqualTo("epsilon");
    assertThat(seen.forceZerosForEmptyPrompt()).isTrue();
  }

  private static void assertAgree(Component actual, Component expected, String... keys) {
    for (String key : keys) {
      assertThat(actual.config().json().path(key).toString())
          .as(key)
          .isEqualTo(expected.config().json().path(key).toString());
    }
  }

  @Test
  void withoutAVocabularyItNamesTheRemedy() {
    assertThatThrownBy(() -> ModelSource.of(file).open())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("models pull clip-tokenizer");
    assertThatThrownBy(
            () -> ModelSource.of(file).withTokenizers(List.of(temp.resolve("none"))).open())
        .isInstanceOf(Refusal.class);
  }

  @Test
  void namesWhatIsLeftOut() throws IOException {
    assertThat(without("first_stage_model.")).isEqualTo(ReasonCode.MODEL_WITHOUT_VAE);
    assertThat(without("conditioner.embedders.1."))
        .isEqualTo(ReasonCode.MODEL_WITHOUT_TEXT_ENCODER);
    assertThat(without("conditioner.")).isEqualTo(ReasonCode.FILE_IS_UNET);
    Path pruned = write("no-vae", tensors(), "first_stage_model.");
    Path vae = OriginalLayout.writeVae(folder.vae(), DType.F32, temp.resolve("v.safetensors"));
    assertSame(withVocabulary(pruned).withVae(vae).open().vae(), folder.vae());
  }

  @Test
  void readsThePredictionTypeFromMarks() throws IOException {
    Map<String, Tensor> tensors = tensors();
    tensors.put("v_pred", Tensor.zeros(0));
    tensors.put("ztsnr", Tensor.zeros(0));
    ModelConfig scheduler = withVocabulary(write("v-pred", tensors, "?")).open().scheduler();
    assertThat(scheduler.text("prediction_type", "")).isEqualTo("v_prediction");
    assertThat(scheduler.flag("rescale_betas_zero_snr", false)).isTrue();
  }

  @Test
  void anotherUnetOrVaeTakesTheirPlace() throws IOException {
    Path unet = temp.resolve("unet.safetensors");
    ModelSource overFolder = ModelSource.of(data);
    for (String prefix : List.of("model.diffusion_model.", "diffusion_model.", "")) {
      OriginalLayout.writeUnet(folder.unet(), prefix, DType.F16, unet);
      assertThat(CheckpointKind.of(unet)).isEqualTo(CheckpointKind.SDXL_UNET);
      assertSame(overFolder.withUnet(unet).open().unet(), folder.unet());
    }
    SafetensorsWriter.write(unet, DType.F16, Components.values(folder.unet()));
    assertThat(CheckpointKind.of(unet)).isEqualTo(CheckpointKind.SDXL_UNET);
    assertSame(overFolder.withUnet(unet).open().unet(), folder.unet());
    assertSame(withVocabulary(file).withUnet(unet).open().unet(), folder.unet());
    assertSame(overFolder.withVae(data.resolve("vae")).open().vae(), folder.vae());
    assertSame(overFolder.withVae(data).open().vae(), folder.vae());
    assertSame(overFolder.withVae(file).open().vae(), folder.vae());
    assertSame(overFolder.withUnet(file).open().unet(), folder.unet());
    assertThatThrownBy(() -> overFolder.withVae(unet).open())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("SDXL UNet alone; expected here: VAE");
  }

  /** Diffusers called the layers of attention otherwise before 0.18, as many VAE files do. */
  @Test
  void oldNamesOfAttentionAreKnown() throws IOException {
    Map<String, Tensor> old = new LinkedHashMap<>();
    Components.values(folder.vae())
        .forEach((name, tensor) ->
            old.put(
                name.replace(".to_q.", ".query.")
                    .replace(".to_k.", ".key.")
                    .replace(".to_v.", ".value.")
                    .replace(".to_out.0.", ".proj_attn."),
                tensor));
    Path vae = Files.createDirectories(temp.resolve("old-vae"));
    Files.copy(data.resolve("vae/config.json"), vae.resolve("config.json"));
    SafetensorsWriter.write(vae.resolve("diffusion_pytorch_model.safetensors"), DType.F32, old);
    assertSame(ModelSource.of(data).withVae(vae).open().vae(), folder.vae());
  }

  private ReasonCode without(String prefix) throws IOException {
    Path pruned = write("pruned", tensors(), prefix);
    try {
      withVocabulary(pruned).open();
      throw new AssertionError("opened without " + prefix);
    } catch (Refusal refusal) {
      return refusal.code();
    }
  }

  private static ModelSource withVocabulary(Path main) {
    return ModelSource.of(main).withTokenizers(List.of(data.resolve("tokenizer")));
  }

  private static Map<String, Tensor> tensors() {
    SafetensorsFile opened = SafetensorsFile.open(file);
    Map<String, Tensor> tensors = new HashMap<>();
    opened.names().forEach(name -> tensors.put(name, opened.read(name)));
    return tensors;
  }

  private static Path write(String name, Map<String, Tensor> tensors, String left)
      throws IOException {
    tensors.keySet().removeIf(key -> key.startsWith(left));
    return SafetensorsWriter.write(temp.resolve(name + ".safetensors"), DType.F16, tensors);
  }
}
