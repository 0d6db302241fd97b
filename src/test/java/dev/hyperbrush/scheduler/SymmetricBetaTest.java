package dev.hyperbrush.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SymmetricBetaTest {
  /** Shapes with quantiles in closed form: arcsine, uniform, and 3x² - 2x³. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-6, 0.03, 0.25, 0.5, 0.6, 0.9, 0.999, 1})
  void knownQuantiles(double p) {
    double sine = Math.sin(Math.PI * p / 2);
    assertThat(SymmetricBeta.quantile(p, 0.5)).isCloseTo(sine * sine, within(1e-12));
    assertThat(SymmetricBeta.quantile(p, 1)).isCloseTo(p, within(1e-12));
    double x = SymmetricBeta.quantile(p, 2);
    assertThat(3 * x * x - 2 * x * x * x).isCloseTo(p, within(1e-12));
  }
}
