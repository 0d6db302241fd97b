package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hyperbrush.denoiser.Conditioning;
import dev.hyperbrush.denoiser.Denoiser;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.scheduler.NoiseSource;
import dev.hyperbrush.scheduler.SchedulerConfig;
import dev.hyperbrush.scheduler.Schedulers;
import dev.hyperbrush.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DenoisingLoopTest {
  private static final Tensor LATENTS = Tensor.zeros(2, 4, 8, 8);

  /** Every absent key is as in SDXL. */
  private static final SchedulerConfig SDXL =
      SchedulerConfig.of(JsonNodeFactory.instance.objectNode(), "test");

  private static final NoiseSource NO_NOISE = Tensor::zeros;

  private final List<Tensor> seen = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();

  @Test
  void oneCallServesBothPromptsWhenGuided() {
    run(steering(Guidance.of(4)), 0, sample -> Tensor.zeros(sample.shape()));

    assertThat(seen).hasSize(4).allSatisfy(sample -> assertThat(sample.dim(0)).isEqualTo(4));
  }

  @Test
  void withoutGuidanceTheNegativePromptIsNotLookedAt() {
    run(steering(Guidance.of(1)), 0, sample -> Tensor.zeros(sample.shape()));

    assertThat(seen).hasSize(4).allSatisfy(sample -> assertThat(sample.dim(0)).isEqualTo(2));
  }

  @Test
  void startsLaterWhereAPictureIsTheStart() {
    run(steering(Guidance.of(1)), 3, sample -> Tensor.zeros(sample.shape()));

    assertThat(seen).hasSize(1);
  }

  @Test
  void stopsBeforeTheNextStepWhenCancelled() {
    assertThatThrownBy(() ->
            run(
                steering(Guidance.of(1)),
                0,
                sample -> {
                  cancellation.request();
                  return Tensor.zeros(sample.shape());
                }))
        .isInstanceOf(CancelledException.class);
    assertThat(seen).hasSize(1);
  }

  @Test
  void numbersThatOverflowAreNotDelivered() {
    assertThatThrownBy(() ->
            run(
                steering(Guidance.of(1)),
                0,
                sample -> {
                  Tensor broken = Tensor.zeros(sample.shape());
                  broken.data()[7] = Float.NaN;
                  return broken;
                }))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.PICTURE_OVERFLOWED))
        .hasMessageContaining("step 1");
  }

  private Tensor run(GuidedConditioning steering, int firstStep, Prediction prediction) {
    return new DenoisingLoop(new RecordingDenoiser(prediction))
        .run(
            new DenoisingLoop.Sampling(Schedulers.create("Euler", SDXL, 4, 0), NO_NOISE, firstStep),
            LATENTS,
            steering,
            DenoisingLoop.Observer.NONE,
            cancellation);
  }

  private static GuidedConditioning steering(Guidance guidance) {
    GuidedConditioning.Side side =
        new GuidedConditioning.Side(
            new PromptEmbeddings(Tensor.zeros(1, 77, 8), Optional.of(Tensor.zeros(1, 4))),
            new MicroConditioning(64, 64, 0, 0, 64, 64));
    return GuidedConditioning.of(side, side, guidance, LATENTS.dim(0));
  }

  private interface Prediction {
    Tensor of(Tensor sample);
  }

  private final class RecordingDenoiser implements Denoiser {
    private final Prediction prediction;

    RecordingDenoiser(Prediction prediction) {
      this.prediction = prediction;
    }

    @Override
    public Tensor predict(
        Tensor sample, float timestep, Conditioning conditioning, Cancellation c) {
      assertThat(conditioning.added().orElseThrow().timeIds().dim(0)).isEqualTo(sample.dim(0));
      seen.add(sample);
      return prediction.of(sample);
    }

    @Override
    public void close() {}
  }
}
