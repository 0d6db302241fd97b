package dev.hyperbrush.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.tensor.BrownianTree;
import dev.hyperbrush.tensor.Closeness;
import dev.hyperbrush.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** DPM++ SDE Karras as A1111 runs it by k-diffusion, with the fake denoiser of the reference. */
@Tag("golden")
final class KDiffusionGoldenTest {
  private static final String NAME = "DPM++ SDE Karras";
  private static final double TOLERANCE = 1e-5;

  private final SafetensorsFile common =
      SafetensorsFile.open(Reference.path("schedulers/common.safetensors"));
  private final FakeDenoiser denoiser = new FakeDenoiser();
  private final Tensor unitNoise = common.read("initial_unit_noise");
  private final Tensor injectedNoise = common.read("injected_noise");

  @TestFactory
  List<DynamicTest> everyRecordedRun() throws Exception {
    SafetensorsFile trajectories =
        SafetensorsFile.open(Reference.path("schedulers/kdiffusion_trajectories.safetensors"));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode run : Reference.json("schedulers/kdiffusion.json")) {
      boolean karras = run.get("schedule_type").asText().equals("Karras");
      if (karras && run.get("sampler").asText().equals("DPM++ SDE")) {
        Tensor recorded = trajectories.read(run.get("tensor").asText());
        tests.add(dynamicTest(run.get("tensor").asText(), () -> assertSameRun(run, recorded)));
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(5);
    return tests;
  }

  private void assertSameRun(JsonNode run, Tensor recorded) throws Exception {
    Scheduler scheduler =
        Schedulers.create(
            NAME, config(run.get("prediction").asText()), run.get("steps").asInt(), 0);
    assertThat(scheduler.steps()).isEqualTo(run.get("model_timesteps").size());
    int[] drawn = {0};
    NoiseSource noise =
        shape -> {
          int next = drawn[0]++;
          return injectedNoise.slice(next, next + 1);
        };
    SchedulerStep at = SchedulerStep.start(Blend.scale(scheduler.initNoiseSigma(), unitNoise));
    for (int call = 0; call < scheduler.steps(); call++) {
      assertThat((double) scheduler.timestep(call))
          .isCloseTo(run.get("model_timesteps").get(call).doubleValue(), within(1e-2));
      at = scheduler.step(denoised(scheduler, at, call), call, at, noise);
      boolean endsAStep = call % 2 == 1 || call == scheduler.steps() - 1;
      if (endsAStep) {
        int step = call / 2;
        Closeness.assertRelativelyClose(
            at.prevSample(), recorded.slice(step, step + 1), TOLERANCE, "step " + step);
      }
    }
    assertThat(drawn[0]).isEqualTo(run.get("noise_draws").asInt());
  }

  /** With noise of the Brownian path of A1111's seed, down to the picture. */
  @TestFactory
  List<DynamicTest> whatASeedDraws() throws Exception {
    SafetensorsFile recorded =
        SafetensorsFile.open(Reference.path("schedulers/brownian_tree.safetensors"));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode run : Reference.json("schedulers/brownian_tree.json").get("cases")) {
      String key = run.get("key").asText();
      tests.add(dynamicTest(key, () -> assertSamePicture(run, recorded.read(key + "/final"))));
    }
    return tests;
  }

  private void assertSamePicture(JsonNode run, Tensor recorded) throws Exception {
    Scheduler scheduler = Schedulers.create(NAME, config("epsilon"), run.get("steps").asInt(), 0);
    NoiseSource noise = new Path(run.get("seed").longValue());
    SchedulerStep at = SchedulerStep.start(Blend.scale(scheduler.initNoiseSigma(), unitNoise));
    for (int call = 0; call < scheduler.steps(); call++) {
      at = scheduler.step(denoised(scheduler, at, call), call, at, noise);
    }
    Closeness.assertRelativelyClose(at.prevSample(), recorded, TOLERANCE, "the end");
  }

  private record Path(long seed) implements NoiseSource {
    @Override
    public Tensor next(int... shape) {
      throw new AssertionError("fresh noise was drawn");
    }

    @Override
    public Tensor along(NoiseSpan span, int... shape) {
      return Blend.scale(
          1 / Math.sqrt((double) span.from() - span.to()),
          new BrownianTree(seed, span.lowest(), span.highest())
              .increment(span.from(), span.to(), shape));
    }
  }

  private static SchedulerConfig config(String predictionType) throws Exception {
    JsonNode settings = Reference.json("tiny-sdxl/scheduler/scheduler_config.json");
    ((ObjectNode) settings).put("prediction_type", predictionType);
    return SchedulerConfig.of(settings, "scheduler_config.json");
  }

  private Tensor denoised(Scheduler scheduler, SchedulerStep at, int call) {
    Tensor input = scheduler.scaleModelInput(at.prevSample(), call);
    return denoiser.predict(input, scheduler.timestep(call));
  }
}
