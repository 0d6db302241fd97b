package dev.hyperbrush.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.ModelConfig;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchedulerConfigTest {
  @TempDir private Path folder;

  @Test
  void absentValuesAreThoseOfStableDiffusionXl() throws IOException {
    SchedulerConfig config = read("{}");
    assertThat(config.betas())
        .isEqualTo(
            new SchedulerConfig.Betas(1000, 0.00085, 0.012, BetaSchedule.SCALED_LINEAR, false));
    assertThat(config.predictionType()).isEqualTo(PredictionType.EPSILON);
    assertThat(config.timestepSpacing()).isEqualTo(TimestepSpacing.LEADING);
    assertThat(config.setAlphaToOne()).isTrue();
    assertThat(config.clipSampleRange()).isInfinite();
    assertThat(config.distillation().originalInferenceSteps()).isEqualTo(50);
  }

  @Test
  void valuesAreReadByDiffusersNamesAndOthersIgnored() throws IOException {
    SchedulerConfig config =
        read(
            """
            {"_class_name": "EulerDiscreteScheduler", "num_train_timesteps": 500,
             "prediction_type": "v_prediction", "timestep_spacing": "trailing",
             "set_alpha_to_one": false, "clip_sample": true, "clip_sample_range": 2.5,
             "use_karras_sigmas": true, "trained_betas": null, "steps_offset": 1,
             "final_sigmas_type": "sigma_min", "algorithm_type": "sde-dpmsolver++",
             "lambda_min_clipped": -Infinity, "skip_prk_steps": true, "of_tomorrow": {"a": []}}
            """);
    assertThat(config.betas().trainTimesteps()).isEqualTo(500);
    assertThat(config.predictionType()).isEqualTo(PredictionType.V_PREDICTION);
    assertThat(config.timestepSpacing()).isEqualTo(TimestepSpacing.TRAILING);
    assertThat(config.setAlphaToOne()).isFalse();
    assertThat(config.clipSampleRange()).isEqualTo(2.5);
    assertThat(config.sigmaSpacing()).isEqualTo(SigmaSpacing.KARRAS);
    assertThat(config.stepsOffset()).isEqualTo(1);
    assertThat(config.finalSigma()).isEqualTo(SchedulerConfig.FinalSigma.SIGMA_MIN);
    assertThat(config.solver().stochastic()).isTrue();
  }

  @Test
  void oneSettingIsOverriddenAtATime() throws IOException {
    SchedulerConfig config = read("{\"steps_offset\": 1}");
    SchedulerConfig other = config.withTimestepSpacing(TimestepSpacing.named("trailing"));
    assertThat(other.timestepSpacing()).isEqualTo(TimestepSpacing.TRAILING);
    assertThat(other.withTimestepSpacing(TimestepSpacing.LEADING)).isEqualTo(config);
    assertThat(config.withSigmaSpacing(SigmaSpacing.KARRAS).sigmaSpacing())
        .isEqualTo(SigmaSpacing.KARRAS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prediction_type | \"x0\" | epsilon or v_prediction or sample",
        "prediction_type | 7 | epsilon or v_prediction or sample",
        "timestep_spacing | \"even\" | leading or linspace or trailing",
        "beta_schedule | \"squaredcos_cap_v2\" | linear or scaled_linear",
        "beta_start | 0 | a number from",
        "beta_start | -Infinity | a number from",
        "beta_end | \"0.012\" | a number from",
        "beta_end | NaN | a number from",
        "num_train_timesteps | 0 | a whole number from 2",
        "num_train_timesteps | 1000000000 | a whole number from 2",
        "num_train_timesteps | 1e3 | a whole number from 2",
        "steps_offset | 1000 | a whole number from 0 to 999",
        "set_alpha_to_one | \"no\" | true or false",
        "original_inference_steps | 0 | a whole number from 1 to 1000",
        "timestep_scaling | -1 | a number from",
        "solver_order | 4 | a whole number from 1 to 3",
        "algorithm_type | \"dpmsolver\" | dpmsolver++ or sde-dpmsolver++",
        "final_sigmas_type | \"one\" | zero or sigma_min",
        "thresholding | true | false",
        "trained_betas | [0.1] | null",
        "sigma_max | 80 | null",
        "interpolation_type | \"log_linear\" | linear",
        "timestep_type | \"continuous\" | discrete",
      })
  void aBadValueIsNamedWithItsKeyAndFile(String key, String value, String accepted) {
    assertThatThrownBy(() -> read("{\"" + key + "\": " + value + "}"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.CONFIG_VALUE_BAD))
        .hasMessageContainingAll(key, "scheduler_config.json", accepted);
  }

  @Test
  void aHugeValueIsShownInPart() {
    assertThatThrownBy(() -> read("{\"beta_schedule\": \"" + "x".repeat(5000) + "\"}"))
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(500));
  }

  private SchedulerConfig read(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("scheduler_config.json"), json);
    return SchedulerConfig.of(ModelConfig.read(file).json(), file.toString());
  }
}
