package dev.hyperbrush.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.tensor.Closeness;
import dev.hyperbrush.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every run that diffusers recorded, step by step, with the fake denoiser of the reference. */
@Tag("golden")
final class DiffusersGoldenTest {
  /** Largest difference allowed, relative to the largest value of a step. */
  private static final double TOLERANCE = 1e-5;

  /**
   * The step down from sigma 4096 ends at the root of a difference of float32 squares that are
   * nearly equal: its last bits are those of PyTorch's square root, which is not always the
   * nearest.
   */
  private static final double ZERO_SNR_ANCESTRAL_TOLERANCE = 1e-4;

  private final SafetensorsFile common =
      SafetensorsFile.open(Reference.path("schedulers/common.safetensors"));
  private final FakeDenoiser denoiser = new FakeDenoiser();
  private final Tensor unitNoise = common.read("initial_unit_noise");
  private final Tensor injectedNoise = common.read("injected_noise");
  private final SafetensorsFile trajectories =
      SafetensorsFile.open(Reference.path("schedulers/diffusers_trajectories.safetensors"));

  @TestFactory
  List<DynamicTest> everyRecordedRun() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode run : Reference.json("schedulers/diffusers.json")) {
      String name = run.get("name").asText() + " " + run.get("steps");
      tests.add(dynamicTest(name, () -> assertSameRun(run, name)));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> noiseAddedToAPicture() throws Exception {
    JsonNode base = Reference.json("tiny-sdxl/scheduler/scheduler_config.json");
    Tensor original = Blend.scale(0.8, unitNoise);
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode added : Reference.json("schedulers/add_noise.json")) {
      String name = added.get("scheduler").asText();
      JsonNode settings = base.deepCopy();
      ((ObjectNode) settings).setAll((ObjectNode) added.get("over"));
      tests.add(
          dynamicTest(
              name,
              () -> {
                Scheduler scheduler =
                    RecordedScheduler.create(
                        name, settings, NullNode.getInstance(), added.get("steps").asInt(), 0);
                int step = added.get("index").asInt();
                assertThat(scheduler.timestep(step)).isEqualTo(added.get("timestep").floatValue());
                Closeness.assertRelativelyClose(
                    scheduler.addNoise(original, injectedNoise.slice(0, 1), step),
                    trajectories.read(added.get("tensor").asText()),
                    TOLERANCE,
                    name);
              }));
    }
    return tests;
  }

  private void assertSameRun(JsonNode run, String name) {
    Scheduler scheduler =
        RecordedScheduler.create(
            run.get("scheduler").asText(),
            run.get("config"),
            run.path("custom_timesteps"),
            run.get("steps").asInt(),
            run.path("step_kwargs").path("eta").asDouble(0));
    assertThat(scheduler.steps()).isEqualTo(run.get("model_calls").asInt());
    assertThat((double) scheduler.initNoiseSigma())
        .isCloseTo(run.get("init_noise_sigma").doubleValue(), withinPercentage(TOLERANCE * 100));
    // Levels in the middle of steps are not in diffusers' list.
    if (scheduler instanceof SigmaScheduler counting
        && !(scheduler instanceof DpmSolverSdeScheduler)) {
      assertSameSigmas(counting.levels(), run.get("sigmas"));
    }
    Tensor recorded = trajectories.read(run.get("tensor").asText());
    SchedulerStep at = SchedulerStep.start(Blend.scale(scheduler.initNoiseSigma(), unitNoise));
    Injected noise = new Injected();
    for (int step = 0; step < scheduler.steps(); step++) {
      String as = name + ", step " + step;
      assertThat((double) scheduler.timestep(step))
          .as(as)
          .isCloseTo(run.get("timesteps").get(step).doubleValue(), within(1e-3));
      JsonNode used = run.get("injected_noise_used").get(step);
      assertThat(noise.next).as(as + ", noise drawn").isEqualTo(used.get(0).asInt());
      Tensor input = scheduler.scaleModelInput(at.prevSample(), step);
      at = scheduler.step(denoiser.predict(input, scheduler.timestep(step)), step, at, noise);
      assertThat(noise.next).as(as + ", noise drawn").isEqualTo(used.get(1).asInt());
      Closeness.assertRelativelyClose(
          at.prevSample(), recorded.slice(step, step + 1), tolerance(run), as);
    }
  }

  private static void assertSameSigmas(NoiseLevels levels, JsonNode recorded) {
    assertThat(recorded.size()).isEqualTo(levels.steps() + 1);
    for (int i = 0; i < recorded.size(); i++) {
      assertThat((double) levels.sigma(i))
          .as("sigma " + i)
          .isCloseTo(recorded.get(i).doubleValue(), withinPercentage(TOLERANCE * 100));
    }
  }

  private static double tolerance(JsonNode run) {
    boolean zeroSnr = run.get("config").path("rescale_betas_zero_snr").asBoolean();
    boolean ancestral = run.get("scheduler").asText().contains("Ancestral");
    return zeroSnr && ancestral ? ZERO_SNR_ANCESTRAL_TOLERANCE : TOLERANCE;
  }

  /** The recorded noise, one slice after another. */
  private final class Injected implements NoiseSource {
    private int next;

    @Override
    public Tensor next(int... shape) {
      Tensor noise = injectedNoise.slice(next, next + 1);
      next++;
      assertThat(shape).isEqualTo(noise.shape());
      return noise;
    }
  }
}
