package dev.hyperbrush.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class NoiseScheduleTest {
  private static final double TOLERANCE = 1e-6;

  @Tag("golden")
  @Test
  void theTablesAreThoseOfDiffusers() throws IOException {
    NoiseSchedule zeroSnr = recorded(true);
    assertTable(recorded(false), "alphas_cumprod_diffusers_f32");
    assertTable(zeroSnr, "alphas_cumprod_zero_snr_ddim");
    assertTable(zeroSnr.withFiniteSigmas(), "alphas_cumprod_zero_snr_euler");
  }

  @Test
  void zeroSnrEndsInPureNoise() {
    NoiseSchedule zeroSnr = NoiseSchedule.of(betas("{\"rescale_betas_zero_snr\":true}"));
    assertThat(zeroSnr.alphaCumprod(999)).isZero();
    assertThat(zeroSnr.alphaCumprod(0)).isEqualTo(NoiseSchedule.of(betas("{}")).alphaCumprod(0));
    assertThat(zeroSnr.withFiniteSigmas().noiseLevel(999)).isEqualTo(4096);
  }

  @Test
  void linearBetasStartAndEndAsTold() {
    NoiseSchedule schedule =
        NoiseSchedule.of(
            betas(
                "{\"beta_schedule\":\"linear\",\"beta_start\":0.1,\"beta_end\":0.3,"
                    + "\"num_train_timesteps\":3}"));
    assertThat(schedule.alphaCumprod(0)).isEqualTo(0.9f);
    assertThat((double) schedule.alphaCumprod(2)).isCloseTo(0.9 * 0.8 * 0.7, within(TOLERANCE));
  }

  @Test
  void timestepsAndNoiseLevelsInvertEachOther() {
    NoiseSchedule schedule = NoiseSchedule.of(betas("{}"));
    for (int timestep : new int[] {0, 1, 500, 998, 999}) {
      assertThat(schedule.noiseLevelAt(timestep))
          .isCloseTo(schedule.noiseLevel(timestep), within(TOLERANCE));
      assertThat(schedule.timestepAt(schedule.noiseLevel(timestep)))
          .isCloseTo(timestep, within(1e-3));
    }
    assertThat(schedule.timestepAt(1e9)).isEqualTo(999);
    assertThat(schedule.timestepAt(1e-9)).isZero();
    assertThat(schedule.noiseLevelAt(5000)).isEqualTo(schedule.noiseLevel(999));
  }

  private static void assertTable(NoiseSchedule schedule, String name) {
    SafetensorsFile tables =
        SafetensorsFile.open(Reference.path("schedulers/alphas_cumprod.safetensors"));
    float[] expected = tables.read(name).data();
    assertThat(schedule.timesteps()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) schedule.alphaCumprod(i))
          .as(name + " at " + i)
          .isCloseTo(expected[i], within(TOLERANCE));
    }
  }

  private static NoiseSchedule recorded(boolean zeroSnr) throws IOException {
    JsonNode settings = Reference.json("tiny-sdxl/scheduler/scheduler_config.json");
    ((ObjectNode) settings).put("rescale_betas_zero_snr", zeroSnr);
    return NoiseSchedule.of(SchedulerConfig.of(settings, "scheduler_config.json").betas());
  }

  private static SchedulerConfig.Betas betas(String json) {
    return TestConfig.of(json).betas();
  }
}
