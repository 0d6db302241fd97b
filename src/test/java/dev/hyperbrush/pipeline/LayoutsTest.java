package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.checkpoint.ModelFiles;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.checkpoint.OriginalLayout;
import dev.hyperbrush.checkpoint.SafetensorsWriter;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in model draws one picture, in whichever files and types its weights lie. */
final class LayoutsTest {
  private static final LoraWeight FAST = new LoraWeight("tiny-fast", 1);

  @TempDir static Path data;

  private static ModelCatalogue catalogue;
  private static Path folder;
  private static ModelFiles files;
  private static RgbImage expected;

  @BeforeAll
  static void load() {
    catalogue = ModelCatalogue.load(data);
    folder = data.resolve("models/tiny");
    files = ModelSource.of(folder).open();
    expected = draw(ModelSource.of(folder));
  }

  @Test
  void asASingleFile() throws IOException {
    Path single = OriginalLayout.writeSdxl(files, DType.F16, data.resolve("f16.safetensors"));
    assertSame(draw(ModelSource.of(single).withConfig(folder)), 0);
  }

  @Test
  void asASingleFileOfSeveralTypes() throws IOException {
    Path single =
        OriginalLayout.writeSdxl(
            files,
            name -> name.startsWith("first_stage_model.") ? DType.F32 : DType.F16,
            data.resolve("mixed.safetensors"));
    assertSame(draw(ModelSource.of(single).withConfig(folder)), 0);
  }

  @Test
  void inShardsAndUnderTheNamesOfVariants() throws IOException {
    Path copy = copy(folder, data.resolve("sharded"));
    Path whole = copy.resolve("unet/diffusion_pytorch_model.safetensors");
    Files.delete(whole);
    writeShards(copy.resolve("unet"), Components.values(files.unet()));
    Files.move(
        copy.resolve("vae/diffusion_pytorch_model.safetensors"),
        copy.resolve("vae/diffusion_pytorch_model.fp16.safetensors"));
    Files.move(
        copy.resolve("text_encoder/model.safetensors"),
        copy.resolve("text_encoder/model.fp16.safetensors"));
    assertSame(draw(ModelSource.of(copy)), 0);
  }

  @Test
  void withItsUnetAndVaeFromOtherFiles() throws IOException {
    Path unet = data.resolve("unet.safetensors");
    OriginalLayout.writeUnet(files.unet(), "", DType.F32, unet);
    Path vae = OriginalLayout.writeVae(files.vae(), DType.F32, data.resolve("vae.safetensors"));
    assertSame(draw(ModelSource.of(folder).withUnet(unet).withVae(vae)), 0);
  }

  /** The picture is that of the rounded weights, whatever type they are written in. */
  @Test
  void inBfloat16() throws IOException {
    Path single = OriginalLayout.writeSdxl(files, DType.BF16, data.resolve("bf16.safetensors"));
    ModelSource source = ModelSource.of(single).withConfig(folder);
    RgbImage rounded = draw(source);
    Path same = OriginalLayout.writeSdxl(source.open(), DType.F32, data.resolve("r.safetensors"));
    assertThat(difference(draw(ModelSource.of(same).withConfig(folder)), rounded)).isZero();
    assertSame(rounded, 3);
  }

  @Test
  void in8BitFloats() throws IOException {
    Path single =
        OriginalLayout.writeSdxl(
            files,
            name -> name.startsWith("model.diffusion_model.") ? DType.F8_E4M3 : DType.F16,
            data.resolve("f8.safetensors"));
    ModelSource source = ModelSource.of(single).withConfig(folder);
    RgbImage rounded = draw(source);
    Path same = OriginalLayout.writeSdxl(source.open(), DType.F32, data.resolve("s.safetensors"));
    assertThat(difference(draw(ModelSource.of(same).withConfig(folder)), rounded)).isLessThan(0.01);
  }

  private static RgbImage draw(ModelSource source) {
    ModelVariant tiny = catalogue.defaultModel();
    Resources resources = new Resources(OnnxSettings.cpu(), data.resolve("cache"));
    try (PipelineLoader loader = new PipelineLoader(catalogue::lora, resources)) {
      return loader
          .load(tiny.withSource(source), List.of(FAST))
          .pipeline()
          .draw(
              request(),
              tiny.recipes().getFirst(),
              false,
              ProgressListener.NONE,
              Cancellation.none())
          .images()
          .getFirst();
    }
  }

  private static GenerationRequest request() {
    return new GenerationRequest(
        "tiny",
        "a red circle on a blue background",
        "",
        new ImageSize(96, 96),
        4,
        0,
        "TCD",
        0.5,
        new Seed(7),
        1,
        List.of(FAST),
        0);
  }

  private static void assertSame(RgbImage actual, double tolerance) {
    assertThat(difference(actual, expected)).isLessThanOrEqualTo(tolerance);
  }

  /** The mean of all channels, in grey levels. */
  private static double difference(RgbImage a, RgbImage b) {
    assertThat(a.rgb()).hasSameSizeAs(b.rgb());
    long sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
    }
    return sum / (double) a.rgb().length;
  }

  private static void writeShards(Path unet, Map<String, Tensor> values) throws IOException {
    StringBuilder index = new StringBuilder();
    List<Map<String, Tensor>> shards = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Map.Entry<String, Tensor> value : values.entrySet()) {
      int shard = index.length() % 2;
      shards.get(shard).put(value.getKey(), value.getValue());
      index
          .append(",\"")
          .append(value.getKey())
          .append("\":\"")
          .append(shard)
          .append(".safetensors\"");
    }
    for (int i = 0; i < shards.size(); i++) {
      SafetensorsWriter.write(unet.resolve(i + ".safetensors"), DType.F16, shards.get(i));
    }
    Files.writeString(
        unet.resolve("diffusion_pytorch_model.safetensors.index.json"),
        "{\"weight_map\":{" + index.substring(1) + "}}");
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
