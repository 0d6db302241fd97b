package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.Reference;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiffusersFolderTest {
  @TempDir Path temp;

  @Test
  void opensAllParts() {
    Path folder = Reference.path("tiny-sdxl");
    ModelFiles model = DiffusersFolder.open(folder);
    assertThat(model.unet().weights().find("conv_in.weight")).isPresent();
    assertThat(model.unet().config().has("cross_attention_dim")).isTrue();
    assertThat(model.vae().weights().find("decoder.conv_in.weight")).isPresent();
    assertThat(model.textEncoders().get(0).component().weights().component())
        .isEqualTo("text_encoder");
    assertThat(model.textEncoders().get(1).component().weights().find("text_projection.weight"))
        .isPresent();
    assertThat(model.textEncoders().get(0).tokenizer()).isEqualTo(folder.resolve("tokenizer"));
    assertThat(model.textEncoders().get(1).tokenizer()).isEqualTo(folder.resolve("tokenizer_2"));
    assertThat(model.scheduler().has("beta_start")).isTrue();
    assertThat(model.forceZerosForEmptyPrompt()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void otherTypesHoldTheSameTensors(DType dtype) throws IOException {
    Weights original = original();
    Path folder = copyOfUnet();
    SafetensorsWriter.write(
        folder.resolve("diffusion_pytorch_model.safetensors"), dtype, values(original));
    Weights converted = Component.open("unet", folder).weights();
    assertThat(converted.names()).containsExactlyInAnyOrderElementsOf(original.names());
    // BF16 has 8 bits of mantissa, F16 11
    double tolerance = dtype == DType.BF16 ? 1.0 / 128 : 0;
    original.names().forEach(name -> assertSame(original, converted, name, tolerance));
  }

  @Test
  void shardsHoldTheSameTensors() throws IOException {
    Weights original = original();
    Path folder = copyOfUnet();
    List<String> names = List.copyOf(original.names());
    Map<String, Tensor> all = values(original);
    StringBuilder weightMap = new StringBuilder();
    for (int shard = 0; shard < 3; shard++) {
      String file = "diffusion_pytorch_model-0000" + shard + "-of-00003.safetensors";
      Map<String, Tensor> part = new LinkedHashMap<>();
      for (int i = shard; i < names.size(); i += 3) {
        part.put(names.get(i), all.get(names.get(i)));
        weightMap.append(",\"").append(names.get(i)).append("\":\"").append(file).append('"');
      }
      SafetensorsWriter.write(folder.resolve(file), DType.F16, part);
    }
    Files.writeString(
        folder.resolve("diffusion_pytorch_model.safetensors.index.json"),
        "{\"weight_map\":{" + weightMap.substring(1) + "}}");
    Weights sharded = Component.open("unet", folder).weights();
    assertThat(sharded.names()).containsExactlyInAnyOrderElementsOf(names);
    names.forEach(name -> assertSame(original, sharded, name, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model_index.json",
        "unet/config.json",
        "vae/config.json",
        "text_encoder/config.json",
        "text_encoder_2/config.json",
        "scheduler/scheduler_config.json",
      })
  void namesTheMissingFile(String name) throws IOException {
    Path folder = copy(Reference.path("tiny-sdxl"), temp.resolve("model"));
    Files.delete(folder.resolve(name));
    assertThatThrownBy(() -> DiffusersFolder.open(folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(folder.resolve(name).toString());
  }

  @Test
  void refusesOtherModelsAndNoFolder() throws IOException {
    assertThatThrownBy(() -> DiffusersFolder.open(temp.resolve("none")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no folder " + temp.resolve("none"))
        .hasMessageContaining("text_encoder_2");
    Files.writeString(
        temp.resolve("model_index.json"), "{\"_class_name\":\"StableDiffusion3Pipeline\"}");
    assertThatThrownBy(() -> DiffusersFolder.open(temp))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("\"StableDiffusion3Pipeline\"")
        .hasMessageContaining("SDXL");
  }

  @Test
  void refusesAUnetOfAnotherFamily() throws IOException {
    Path folder = copy(Reference.committed("tiny-sd15"), temp.resolve("model"));
    Path config = folder.resolve("unet/config.json");
    String plain = Files.readString(config);
    Files.writeString(config, plain.replace("{", "{\"addition_embed_type\": \"text_time\","));
    assertThatThrownBy(() -> DiffusersFolder.open(folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'addition_embed_type'")
        .hasMessageContaining("SD 1.5");
    Files.writeString(
        config, plain.replace("\"cross_attention_dim\": 8", "\"cross_attention_dim\": 1024"));
    assertThatThrownBy(() -> DiffusersFolder.open(folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Stable Diffusion 2");
  }

  private static Weights original() {
    return Weights.open("unet", Reference.path("tiny-sdxl/unet"));
  }

  private static Map<String, Tensor> values(Weights weights) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    weights.names().forEach(name -> values.put(name, weights.get(name).read()));
    return values;
  }

  private static void assertSame(Weights a, Weights b, String name, double tolerance) {
    Tensor expected = a.get(name).read();
    Tensor actual = b.get(name).read();
    assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
    for (int i = 0; i < expected.data().length; i++) {
      float value = expected.data()[i];
      if (!(Math.abs(actual.data()[i] - value) <= tolerance * Math.abs(value))) {
        throw new AssertionError(name + "[" + i + "] is " + actual.data()[i] + ", not " + value);
      }
    }
  }

  private Path copyOfUnet() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("unet"));
    Files.copy(Reference.path("tiny-sdxl/unet/config.json"), folder.resolve("config.json"));
    return folder;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    return to;
  }
}
