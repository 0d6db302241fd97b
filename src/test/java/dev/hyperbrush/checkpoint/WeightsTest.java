package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WeightsTest {
  private static final Tensor ONE = new Tensor(new int[] {1}, new float[] {1});
  private static final Tensor TWO = new Tensor(new int[] {2}, new float[] {2, 3});

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "diffusion_pytorch_model.safetensors",
        "model.safetensors",
        "diffusion_pytorch_model.fp16.safetensors",
        "model.fp16.safetensors"
      })
  void findsTheFile(String name) throws IOException {
    write(name, Map.of("a", ONE));
    Weights weights = Weights.open("unet", folder);
    assertThat(weights.names()).containsExactly("a");
    assertThat(weights.component()).isEqualTo("unet");
    assertThat(weights.get("a").read().data()).containsExactly(1);
    assertThat(weights.folder()).isEqualTo(folder.toRealPath());
    assertThat(weights.location(weights.get("a"))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "diffusion_pytorch_model.safetensors.index.json",
        "model.safetensors.index.json",
        "model.safetensors.index.fp16.json"
      })
  void joinsShards(String index) throws IOException {
    write("m-1.safetensors", Map.of("a", ONE));
    write("m-2.safetensors", Map.of("b", TWO));
    writeIndex(index, "{'a':'m-1.safetensors','b':'m-2.safetensors'}");
    Weights weights = Weights.open("unet", folder);
    assertThat(weights.names()).containsExactly("a", "b");
    assertThat(weights.get("b").read().data()).containsExactly(2, 3);
    assertThat(weights.location(weights.get("b"))).isEqualTo("m-2.safetensors");
  }

  @Test
  void shardsBehindLinksHaveACommonFolder() throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("blobs/x"));
    Path first = SafetensorsWriter.write(blobs.resolve("1"), DType.F32, Map.of("a", ONE));
    Path second = write("2", Map.of("b", TWO));
    Path model = Files.createDirectories(folder.resolve("snapshot/unet"));
    Files.createSymbolicLink(model.resolve("1.safetensors"), first);
    Files.createSymbolicLink(model.resolve("2.safetensors"), second);
    writeIndex(
        "snapshot/unet/model.safetensors.index.json", "{'a':'1.safetensors','b':'2.safetensors'}");
    Weights weights = Weights.open("unet", model);
    assertThat(weights.folder()).isEqualTo(folder.toRealPath());
    assertThat(weights.location(weights.get("a"))).isEqualTo("blobs/x/1");
    assertThat(weights.location(weights.get("b"))).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../m-1.safetensors",
        "/etc/m.safetensors",
        "..\\m.safetensors",
        "c:m.safetensors",
        "..",
        "",
        "m.bin"
      })
  void refusesShardsElsewhere(String shard) throws IOException {
    writeIndex("model.safetensors.index.json", "{'a':'" + shard.replace("\\", "\\\\") + "'}");
    assertThatThrownBy(() -> Weights.open("unet", folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("impossible file '" + shard + "'");
  }

  @Test
  void refusesIncompleteShards() throws IOException {
    write("m-1.safetensors", Map.of("a", ONE));
    writeIndex("model.safetensors.index.json", "{'b':'m-1.safetensors'}");
    assertThatThrownBy(() -> Weights.open("unet", folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no tensor 'b' in " + folder.toRealPath().resolve("m-1.safetensors"));
    writeIndex("model.safetensors.index.json", "{'b':'m-9.safetensors'}");
    assertThatThrownBy(() -> Weights.open("unet", folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no file " + folder.resolve("m-9.safetensors"));
    for (String broken : new String[] {"{}", "3", "{'a':", "{'weight_map':[]}", ""}) {
      Files.writeString(folder.resolve("model.safetensors.index.json"), broken.replace('\'', '"'));
      assertThatThrownBy(() -> Weights.open("unet", folder))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("index.json is broken");
    }
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> Weights.open("unet", folder.resolve("unet")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no folder " + folder.resolve("unet"));
    assertThatThrownBy(() -> Weights.open("unet", folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("diffusion_pytorch_model.safetensors");
    Files.createFile(folder.resolve("pytorch_model.bin"));
    assertThatThrownBy(() -> Weights.open("unet", folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("only as pytorch_model.bin");
    write("model.safetensors", Map.of());
    assertThatThrownBy(() -> Weights.open("unet", folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("holds no tensors");
    write("model.safetensors", Map.of("a", ONE));
    assertThatThrownBy(() -> Weights.open("unet", folder).get("conv_in.weight"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'unet' needs the tensor 'conv_in.weight'")
        .hasMessageContaining(folder.toRealPath().toString());
  }

  @Test
  void takesTensorsFromOtherFiles() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    write("model/model.safetensors", Map.of("a", ONE, "b", TWO));
    Weights weights = Weights.open("unet", model);
    Path cache = Files.createDirectories(folder.resolve("cache/deep"));
    Path side =
        SafetensorsWriter.write(
            cache.resolve("side"),
            DType.F16,
            Map.of("b", new Tensor(new int[] {2}, new float[] {8, 9})));
    Weights changed = weights.withTensors(SafetensorsFile.open(side).tensors());
    assertThat(changed.folder()).isEqualTo(folder.toRealPath());
    assertThat(changed.location(changed.get("a"))).isEqualTo("model/model.safetensors");
    assertThat(changed.location(changed.get("b"))).isEqualTo("cache/deep/side");
    assertThat(changed.get("b").read().data()).containsExactly(8, 9);
    assertThat(changed.names()).containsExactlyElementsOf(weights.names());
    assertThat(weights.get("b").read().data()).containsExactly(2, 3);
    Map<String, WeightTensor> wrong = Map.of("a", changed.get("b"));
    assertThatThrownBy(() -> weights.withTensors(wrong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Path write(String name, Map<String, Tensor> tensors) throws IOException {
    return SafetensorsWriter.write(folder.resolve(name), DType.F32, tensors);
  }

  private void writeIndex(String name, String weightMap) throws IOException {
    String json = "{'metadata':{'total_size':12},'weight_map':" + weightMap + "}";
    Files.writeString(folder.resolve(name), json.replace('\'', '"'));
  }
}
