package dev.hyperbrush.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PixelStepsTest {
  private static final SchedulerConfig CONFIG = TestConfig.of("{}");

  static List<String> names() {
    return Schedulers.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void asManyCallsAreCountedAsAreMade(String name) {
    for (int steps = 1; steps <= 6; steps++) {
      assertThat(Schedulers.calls(name, steps))
          .as("%s of %d steps", name, steps)
          .isEqualTo(Schedulers.create(name, CONFIG, steps, 0).steps());
    }
  }

  @Test
  void whatIsCalledTwiceAStepIsTwiceTheWork() {
    assertThat(PixelSteps.of(request("TCD", 0))).isEqualTo(4 * 64 * 128 * 3);
    assertThat(PixelSteps.of(request("TCD", 2))).isEqualTo(2 * 4 * 64 * 128 * 3);
    assertThat(PixelSteps.of(request("Heun", 0))).isEqualTo(7 * 64 * 128 * 3);
    assertThat(PixelSteps.of(request("k_dpmpp_sde_ka", 2))).isEqualTo(2 * 7 * 64 * 128 * 3);
    assertThat(PixelSteps.of(request("gone since", 0))).isEqualTo(4 * 64 * 128 * 3);
  }

  private static GenerationRequest request(String scheduler, double guidance) {
    return new GenerationRequest(
        "tiny",
        "a circle",
        "",
        new ImageSize(64, 128),
        4,
        guidance,
        scheduler,
        0,
        new Seed(1),
        3,
        List.of(),
        0);
  }
}
