package dev.hyperbrush.denoiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.onnx.GraphCache;
import dev.hyperbrush.onnx.KeptGraph;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An optimised copy computes the same as the original, or is not used. */
final class KeptDenoiserTest {
  private static final Component UNET = Component.open("unet", Reference.path("tiny-sdxl/unet"));

  @TempDir private Path folder;
  private int saved;

  @Test
  void theCopyComputesTheSame() throws IOException {
    Tensor original = predict(OnnxSettings.cpu());
    Tensor made = predict(keeping(UNET.weights().stamp(), true));
    Tensor reopened = predict(keeping(UNET.weights().stamp(), true));

    assertThat(saved).isEqualTo(1);
    assertThat(entries()).hasSize(1);
    assertThat(reopened.data()).isEqualTo(made.data());
    for (int i = 0; i < original.data().length; i++) {
      assertThat(made.data()[i]).isCloseTo(original.data()[i], within(2e-6f));
    }
  }

  @Test
  void otherWeightsAreAnotherCopy() throws IOException {
    predict(keeping("before", true));
    predict(keeping("after", true));
    assertThat(entries()).hasSize(2);
  }

  @Test
  void whatIsWantedOnceIsNotKept() throws IOException {
    predict(keeping("once", false));
    assertThat(saved).isZero();
    predict(keeping("once", false));
    assertThat(saved).isEqualTo(1);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void aCutOffCopyIsMadeAnew() throws IOException {
    Tensor whole = predict(keeping("a", true));
    Path weights = entries().getFirst().resolve("graph.weights");
    try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    assertThat(predict(keeping("a", true)).data()).isEqualTo(whole.data());
    assertThat(saved).isEqualTo(2);
  }

  @Test
  void aCopyThatCannotBeReadIsDropped() throws IOException {
    Tensor whole = predict(keeping("a", true));
    Files.write(entries().getFirst().resolve("graph.onnx"), new byte[] {1, 2, 3});
    Tensor again = predict(keeping("a", true));
    assertThat(again.data()[5]).isCloseTo(whole.data()[5], within(2e-6f));
    assertThat(entries()).isEmpty();
  }

  private OnnxSettings keeping(String weights, boolean atOnce) {
    GraphCache cache = new GraphCache(folder, 1L << 30, Clock.systemUTC());
    return OnnxSettings.cpu()
        .keeping(new KeptGraph(cache, weights, 1 << 20, atOnce, () -> saved++));
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).toList();
    }
  }

  private static Tensor predict(OnnxSettings settings) {
    try (OnnxDenoiser denoiser = OnnxDenoiser.load(UNET, settings)) {
      Conditioning conditioning =
          new Conditioning(
              filled(1, 77, 24), Optional.of(new AddedConditioning(filled(1, 16), filled(1, 6))));
      return denoiser.predict(filled(1, 4, 8, 8), 999, conditioning, Cancellation.none());
    }
  }

  private static Tensor filled(int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) Math.sin(i * 0.7);
    }
    return tensor;
  }
}
