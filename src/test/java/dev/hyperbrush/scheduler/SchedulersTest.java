package dev.hyperbrush.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.tensor.TorchRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchedulersTest {
  private static final SchedulerConfig CONFIG = TestConfig.of("{\"steps_offset\": 1}");

  static List<String> names() {
    return Schedulers.names();
  }

  @ParameterizedTest
  @CsvSource({
    "tcd, TCD",
    "TCDScheduler, TCD",
    "lcm, LCM",
    "DDIM, DDIM",
    "ddim_scheduler, DDIM",
    "euler, Euler",
    "k_euler, Euler",
    "EulerDiscreteScheduler, Euler",
    "Euler a, Euler a",
    "euler_a, Euler a",
    "Euler Ancestral, Euler a",
    "sample_euler_ancestral, Euler a",
    "EulerAncestralDiscreteScheduler, Euler a",
    "DPM++ 2M, DPM++ 2M",
    "dpmpp_2m, DPM++ 2M",
    "DPMSolverMultistepScheduler, DPM++ 2M",
    "DPM++ 2M Karras, DPM++ 2M Karras",
    "dpmpp_2m_karras, DPM++ 2M Karras",
    "k_dpmpp_2m_ka, DPM++ 2M Karras",
    "DPM++ 2M SDE Karras, DPM++ 2M SDE Karras",
  })
  void everyNameOfTheFieldIsKnown(String name, String canonical) {
    assertThat(Schedulers.canonicalName(name)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "eul", "Euler b", "🎨", "k_"})
  void anUnknownNameIsRefusedWithTheKnownOnes(String name) {
    assertThat(Schedulers.canonicalName(name)).isEmpty();
    assertThatThrownBy(() -> Schedulers.create(name, CONFIG, 4, 0))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.SCHEDULER_UNKNOWN))
        .hasMessageContaining("Euler a");
  }

  @ParameterizedTest
  @MethodSource("names")
  void stepsAndEtaOutOfRangeAreRefused(String name) {
    assertRefused(ReasonCode.STEPS_OUT_OF_RANGE, () -> Schedulers.create(name, CONFIG, 0, 0));
    assertRefused(ReasonCode.STEPS_OUT_OF_RANGE, () -> Schedulers.create(name, CONFIG, -3, 0));
    assertRefused(ReasonCode.STEPS_OUT_OF_RANGE, () -> Schedulers.create(name, CONFIG, 1001, 0));
    assertRefused(ReasonCode.ETA_OUT_OF_RANGE, () -> Schedulers.create(name, CONFIG, 4, 2));
    assertRefused(ReasonCode.ETA_OUT_OF_RANGE, () -> Schedulers.create(name, CONFIG, 4, -0.1));
    assertRefused(
        ReasonCode.ETA_OUT_OF_RANGE, () -> Schedulers.create(name, CONFIG, 4, Double.NaN));
  }

  @ParameterizedTest
  @MethodSource("names")
  void listedTimestepsMustFallWithinTraining(String name) {
    assertRefused(ReasonCode.STEPS_OUT_OF_RANGE, () -> create(name));
    assertRefused(ReasonCode.TIMESTEP_OUT_OF_RANGE, () -> create(name, 1000));
    assertRefused(ReasonCode.TIMESTEP_OUT_OF_RANGE, () -> create(name, 500, -1));
    assertRefused(ReasonCode.TIMESTEP_OUT_OF_RANGE, () -> create(name, 500, 500));
    assertRefused(ReasonCode.TIMESTEP_OUT_OF_RANGE, () -> create(name, 500, 600));
  }

  @Test
  void listedTimestepsAreVisited() {
    assertThat(timesteps(create("LCM", 800))).containsExactly(800f);
    assertThat(timesteps(create("TCD", 999, 700, 1))).containsExactly(999f, 700f, 1f);
    assertThat(timesteps(create("Euler", 800, 400))).containsExactly(800f, 400f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TCD", "LCM"})
  void distilledModelsHaveFewSteps(String name) {
    assertThat(Schedulers.create(name, CONFIG, 50, 0).steps()).isEqualTo(50);
    assertThatThrownBy(() -> Schedulers.create(name, CONFIG, 51, 0))
        .isInstanceOf(Refusal.class)
        .hasMessageContainingAll("51", "1 to 50");
  }

  @Test
  void stepsThatDoNotDivideTheTrainingTimesteps() {
    assertThat(timesteps(Schedulers.create("TCD", CONFIG, 3, 0))).containsExactly(999f, 679f, 339f);
    assertThat(timesteps(Schedulers.create("LCM", CONFIG, 7, 0)))
        .containsExactly(999f, 859f, 719f, 579f, 439f, 299f, 159f);
    assertThat(timesteps(Schedulers.create("DDIM", CONFIG, 7, 0)))
        .containsExactly(853f, 711f, 569f, 427f, 285f, 143f, 1f);
    SchedulerConfig trailing = CONFIG.withTimestepSpacing(TimestepSpacing.TRAILING);
    assertThat(timesteps(Schedulers.create("DDIM", trailing, 7, 0)))
        .containsExactly(999f, 856f, 713f, 570f, 428f, 285f, 142f);
    assertThat(timesteps(Schedulers.create("Euler", trailing, 3, 0)))
        .containsExactly(999f, 666f, 332f);
    SchedulerConfig linspace = CONFIG.withTimestepSpacing(TimestepSpacing.LINSPACE);
    assertThat(timesteps(Schedulers.create("Euler", linspace, 3, 0)))
        .containsExactly(999f, 499.5f, 0f);
    assertThat(timesteps(Schedulers.create("DDIM", linspace, 3, 0)))
        .containsExactly(999f, 500f, 0f);
  }

  @Test
  void trailingStepsAreAsManyAsAskedFor() {
    SchedulerConfig trailing = CONFIG.withTimestepSpacing(TimestepSpacing.TRAILING);
    for (int steps = 1; steps <= 1000; steps++) {
      assertThat(timesteps(Schedulers.create("DDIM", trailing, steps, 0))).hasSize(steps);
    }
  }

  /** The true noise as the denoiser's answer leads to the picture, whatever the algorithm. */
  @ParameterizedTest
  @MethodSource("names")
  void aPerfectDenoiserFindsThePicture(String name) {
    Tensor picture = new TorchRandom(1).randn(1, 4, 4, 4);
    Tensor noise = new TorchRandom(2).randn(1, 4, 4, 4);
    SchedulerConfig config =
        TestConfig.of("{\"prediction_type\": \"sample\", \"timestep_spacing\": \"trailing\"}");
    Scheduler scheduler = Schedulers.create(name, config, 4, 0.5);
    SchedulerStep at = SchedulerStep.start(Blend.scale(scheduler.initNoiseSigma(), noise));
    TorchRandom fresh = new TorchRandom(3);
    for (int step = 0; step < scheduler.steps(); step++) {
      at = scheduler.step(picture, step, at, fresh::randn);
      assertThat(at.predOriginalSample().data()).containsExactly(picture.data(), within(0.02f));
    }
    assertThat(at.prevSample().data()).containsExactly(picture.data(), within(0.15f));
  }

  @ParameterizedTest
  @MethodSource("names")
  void predictionTypesAgree(String name) {
    Tensor latents = new TorchRandom(4).randn(1, 4, 4, 4);
    Tensor epsilon = new TorchRandom(5).randn(1, 4, 4, 4);
    Tensor fromEpsilon = firstPrediction(name, "epsilon", latents, epsilon);
    Tensor fromSample = firstPrediction(name, "sample", latents, fromEpsilon);
    assertThat(fromSample.data()).containsExactly(fromEpsilon.data(), within(1e-5f));
  }

  @Test
  void aPictureAsStartSkipsSteps() {
    Scheduler scheduler = Schedulers.create("Euler", CONFIG, 5, 0);
    assertThat(scheduler.firstStep(0.6)).isEqualTo(2);
    assertThat(scheduler.firstStep(1)).isZero();
    assertThat(scheduler.firstStep(0)).as("the last step always runs").isEqualTo(4);
  }

  @Test
  void aDenoiserOfAnotherShapeIsAnError() {
    Scheduler scheduler = Schedulers.create("Euler", CONFIG, 2, 0);
    SchedulerStep start = SchedulerStep.start(Tensor.zeros(1, 4, 4, 4));
    assertThatThrownBy(() -> scheduler.step(Tensor.zeros(1, 4, 2, 8), 0, start, Tensor::zeros))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Tensor firstPrediction(
      String name, String predictionType, Tensor latents, Tensor modelOutput) {
    SchedulerConfig config = TestConfig.of("{\"prediction_type\": \"" + predictionType + "\"}");
    return Schedulers.create(name, config, 3, 0)
        .step(modelOutput, 0, SchedulerStep.start(latents), Tensor::zeros)
        .predOriginalSample();
  }

  private static Scheduler create(String name, Integer... timesteps) {
    return Schedulers.create(name, CONFIG, List.of(timesteps), 0);
  }

  private static List<Float> timesteps(Scheduler scheduler) {
    List<Float> timesteps = new ArrayList<>();
    for (int step = 0; step < scheduler.steps(); step++) {
      timesteps.add(scheduler.timestep(step));
    }
    return timesteps;
  }

  private static void assertRefused(ReasonCode code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
