package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperbrush.tensor.Tensor;
import org.junit.jupiter.api.Test;

final class GuidanceTest {
  private static final Tensor NEGATIVE = new Tensor(new int[] {1, 4}, new float[] {0, 0, 1, 1});
  private static final Tensor POSITIVE = new Tensor(new int[] {1, 4}, new float[] {1, -1, 2, 1});

  @Test
  void goesPastThePositivePredictionByItsScale() {
    assertThat(Guidance.of(3).combine(NEGATIVE, POSITIVE).data()).containsExactly(3, -3, 4, 1);
  }

  @Test
  void isOffAtZeroAndOne() {
    assertThat(Guidance.of(0).isOn()).isFalse();
    assertThat(Guidance.of(1).isOn()).isFalse();
    assertThat(Guidance.of(1.5).isOn()).isTrue();
  }

  @Test
  void fullRescalingRestoresTheContrastOfThePositivePrediction() {
    Tensor rescaled = new Guidance(3, 1).combine(NEGATIVE, POSITIVE);
    Tensor plain = Guidance.of(3).combine(NEGATIVE, POSITIVE);

    assertThat(deviation(rescaled)).isCloseTo(deviation(POSITIVE), within(1e-6));
    assertThat(rescaled.data()[0] / plain.data()[0])
        .isCloseTo(rescaled.data()[2] / plain.data()[2], within(1e-6f));
  }

  @Test
  void eachPictureOfABatchIsRescaledByItself() {
    Tensor flat = new Tensor(new int[] {1, 4}, new float[] {5, 1, 5, 1});
    Guidance guidance = new Guidance(3, 0.7);

    Tensor batch =
        guidance.combine(Tensor.concat(NEGATIVE, NEGATIVE), Tensor.concat(POSITIVE, flat));

    assertThat(batch.slice(0, 1).data()).isEqualTo(guidance.combine(NEGATIVE, POSITIVE).data());
    assertThat(batch.slice(1, 2).data()).isEqualTo(guidance.combine(NEGATIVE, flat).data());
  }

  private static double deviation(Tensor tensor) {
    double mean = 0;
    for (float value : tensor.data()) {
      mean += value / tensor.data().length;
    }
    double squares = 0;
    for (float value : tensor.data()) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (tensor.data().length - 1));
  }
}
