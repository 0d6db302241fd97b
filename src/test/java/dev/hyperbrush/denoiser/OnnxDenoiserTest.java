package dev.hyperbrush.denoiser;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static dev.hyperbrush.tensor.Closeness.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.denoiser.UnetFixture.Block;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.graph.UnetGraph;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OnnxDenoiserTest {
  private static final double TOLERANCE = 2e-5;

  @TempDir Path folder;

  private Component small() throws IOException {
    return UnetFixture.write(folder, new Block(8, 1, 0, 0, 1), new Block(16, 1, 1, 1, 2));
  }

  @Test
  void aProjectionMayBeStoredAsConvolution() throws IOException {
    Component linear = small();
    Map<String, Tensor> values = Components.values(linear);
    values.replaceAll((name, value) -> isProjection(name) ? asConvolution(value) : value);
    Component convolution = Components.write(linear, folder, DType.F16, values);
    Component configured = Components.configured(convolution, "use_linear_projection", "false");
    assertClose("prediction", predicted(configured), predicted(linear), TOLERANCE);
  }

  private static boolean isProjection(String name) {
    return name.endsWith(".proj_in.weight") || name.endsWith(".proj_out.weight");
  }

  private static Tensor asConvolution(Tensor matrix) {
    return new Tensor(new int[] {matrix.dim(0), matrix.dim(1), 1, 1}, matrix.data());
  }

  @ParameterizedTest
  @CsvSource({"F32, 0.00002", "BF16, 1"})
  void weightsMayBeOfAnotherType(DType dtype, double tolerance) throws IOException {
    Component original = small();
    Component other = Components.write(original, folder, dtype, Components.values(original));
    assertClose(dtype.toString(), predicted(other), predicted(original), tolerance);
  }

  /** Fused LoRAs arrive as such: values in memory in the place of those in the file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mid_block.attentions.0.transformer_blocks.0.attn1.to_q.weight",
        "mid_block.attentions.0.proj_in.weight",
        "down_blocks.0.resnets.0.conv2.weight",
        "time_embedding.linear_1.weight",
        "mid_block.resnets.0.norm1.weight"
      })
  void replacedWeightsAreUsed(String name) throws IOException {
    Component original = small();
    Tensor changed = Components.scaled(original.weights().get(name).read(), 3);
    Component stored = Components.stored(original, folder, name, changed);
    Component replaced = Components.replaced(original, folder, name, changed);
    assertThat(largestDifference(predicted(replaced), predicted(original)))
        .isGreaterThan(10 * TOLERANCE);
    assertClose(name, predicted(replaced), predicted(stored), TOLERANCE);
  }

  @Test
  void anyNumberOfBlocksLayersAndHeads() throws IOException {
    Component unet =
        UnetFixture.write(
            folder,
            new Block(8, 1, 1, 0, 2),
            new Block(16, 3, 0, 2, 4),
            new Block(12, 2, 1, 1, 3),
            new Block(20, 1, 2, 2, 1));
    Tensor prediction = Samples.predict(unet, 2, 19, 13);
    assertThat(prediction.shape()).isEqualTo(new int[] {2, 4, 19, 13});
    for (float value : prediction.data()) {
      assertThat(value).isFinite();
    }
    assertThat(prediction.data()[0]).isNotEqualTo(prediction.data()[1]);
  }

  @Test
  void oneNumberForAllBlocksIsTheSameAsAList() throws IOException {
    Component lists = UnetFixture.write(folder, new Block(8, 2, 1, 1, 2), new Block(8, 2, 1, 1, 2));
    Component numbers = lists;
    numbers = Components.configured(numbers, "layers_per_block", "2");
    numbers = Components.configured(numbers, "transformer_layers_per_block", "1");
    numbers = Components.configured(numbers, "attention_head_dim", "2");
    assertThat(UnetGraph.build(numbers).bytes()).isEqualTo(UnetGraph.build(lists).bytes());
  }

  @ParameterizedTest
  @CsvSource({
    "act_fn, 'gelu'",
    "addition_embed_type, 'image'",
    "addition_time_embed_dim, 7",
    "attention_head_dim, 3",
    "attention_head_dim, '[1, 2]'",
    "block_out_channels, '[]'",
    "class_embed_type, 'timestep'",
    "cross_attention_dim, '[24, 24, 24]'",
    "down_block_types, '[\"DownBlock2D\", \"AttnDownBlock2D\", \"DownBlock2D\"]'",
    "up_block_types, '[\"UpBlock2D\"]'",
    "encoder_hid_dim_type, 'text_proj'",
    "layers_per_block, 0",
    "mid_block_type, 'UNetMidBlock2DSimpleCrossAttn'",
    "norm_num_groups, 7",
    "num_attention_heads, 8",
    "only_cross_attention, '[true, false, false]'",
    "resnet_time_scale_shift, 'scale_shift'",
    "reverse_transformer_layers_per_block, '[[1, 1, 1]]'",
    "time_cond_proj_dim, 256",
    "transformer_layers_per_block, '[[1], [1], [2]]'"
  })
  void whatTheGraphDoesNotHaveIsRefusedByName(String key, String json) throws IOException {
    boolean isText = json.matches("[a-zA-Z_0-9]*[a-zA-Z][a-zA-Z_0-9]*") && !json.equals("null");
    Component odd =
        Components.configured(Components.tiny("unet"), key, isText ? "'" + json + "'" : json);
    assertThatThrownBy(() -> UnetGraph.build(odd))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'" + key + "'")
        .hasMessageContaining("config.json");
  }

  @Test
  void aMissingWeightIsNamed() throws IOException {
    String missing = "mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight";
    Component unet = small();
    Map<String, Tensor> values = Components.values(unet);
    values.remove(missing);
    Component incomplete = Components.write(unet, folder, DType.F16, values);
    assertRefused(incomplete, ReasonCode.WEIGHT_MISSING, missing);
  }

  @Test
  void aWeightOfAnotherShapeIsNamed() throws IOException {
    String wrong = "conv_in.weight";
    Component unet = small();
    Map<String, Tensor> values = Components.values(unet);
    values.put(wrong, Tensor.zeros(7, 4, 3, 3));
    Component other = Components.write(unet, folder, DType.F16, values);
    assertRefused(other, ReasonCode.WEIGHT_SHAPE_WRONG, wrong);
  }

  @Test
  void aWeightOfAnUnusableTypeIsNamed() throws IOException {
    Component unet = small();
    Map<String, Tensor> values = new LinkedHashMap<>(Components.values(unet));
    Component doubles = Components.write(unet, folder, DType.F64, values);
    assertRefused(doubles, ReasonCode.TENSOR_TYPE_UNUSABLE, "F64");
  }

  private static void assertRefused(Component unet, ReasonCode code, String named) {
    assertThatThrownBy(() -> OnnxDenoiser.load(unet, OnnxSettings.cpu()))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(named);
  }

  @Test
  void inputOfAnotherShapeIsNamed() throws IOException {
    Component unet = small();
    Samples samples = new Samples(unet);
    try (OnnxDenoiser denoiser = OnnxDenoiser.load(unet, OnnxSettings.cpu())) {
      Tensor fiveChannels = samples.normal(1, 5, 8, 8);
      assertThatThrownBy(
              () -> denoiser.predict(fiveChannels, 1, samples.conditioning(1), Cancellation.none()))
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.code()).isEqualTo(ReasonCode.INPUT_SHAPE_WRONG))
          .hasMessageContaining("'sample' of shape [1, 5, 8, 8]")
          .hasMessageContaining("[batch, 4, height, width]");
    }
  }

  @Test
  void stopsWithinARun() {
    Component unet = Components.tiny("unet");
    Samples samples = new Samples(unet);
    // Takes many seconds when it is let.
    Tensor large = samples.normal(4, 4, 256, 256);
    Cancellation cancellation = new Cancellation();
    AtomicReference<Thread> runner = new AtomicReference<>();
    try (OnnxDenoiser denoiser = OnnxDenoiser.load(unet, OnnxSettings.cpu())) {
      CompletableFuture<Tensor> prediction =
          CompletableFuture.supplyAsync(() -> {
            runner.set(Thread.currentThread());
            return denoiser.predict(large, 1, samples.conditioning(4), cancellation);
          });
      await().until(() -> runner.get() != null && isInNativeRun(runner.get()));
      cancellation.request();
      assertThatThrownBy(prediction::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(CancelledException.class);

      Tensor sample = samples.normal(1, 4, 8, 8);
      Tensor afterwards = denoiser.predict(sample, 1, samples.conditioning(1), Cancellation.none());
      assertThat(afterwards.shape()).isEqualTo(sample.shape());
    }
  }

  private static boolean isInNativeRun(Thread thread) {
    StackTraceElement[] frames = thread.getStackTrace();
    return frames.length > 0
        && frames[0].isNativeMethod()
        && frames[0].getMethodName().equals("run");
  }

  @Test
  void doesNotBeginWhenCancelledBefore() throws IOException {
    Component unet = small();
    Samples samples = new Samples(unet);
    Cancellation cancellation = new Cancellation();
    cancellation.request();
    try (OnnxDenoiser denoiser = OnnxDenoiser.load(unet, OnnxSettings.cpu())) {
      Tensor sample = samples.normal(1, 4, 8, 8);
      assertThatThrownBy(() -> denoiser.predict(sample, 1, samples.conditioning(1), cancellation))
          .isInstanceOf(CancelledException.class);
    }
  }

  private static Tensor predicted(Component unet) {
    return Samples.predict(unet, 1, 8, 10);
  }
}
