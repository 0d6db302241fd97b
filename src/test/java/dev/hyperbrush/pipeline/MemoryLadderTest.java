package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.onnx.OutOfMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in model, drawing for real but where a try is said to be too large. */
final class MemoryLadderTest {
  private static final ProgressListener NOBODY = _ -> {};

  @TempDir private static Path data;
  private static DiffusionGenerator generator;

  private final List<String> tries = new ArrayList<>();

  private record Try(GenerationRequest request, Economy economy) {}

  @BeforeAll
  static void load() {
    ModelCatalogue catalogue = ModelCatalogue.load(data);
    generator =
        new DiffusionGenerator(
            () -> catalogue,
            new PipelineLoader(
                catalogue::lora, new Resources(OnnxSettings.cpu(), data.resolve("cache"))));
  }

  @AfterAll
  static void close() {
    generator.close();
  }

  @Test
  void aBatchThatDoesNotFitIsDrawnOneByOneAndGivesTheSamePictures() {
    List<String> progress = new ArrayList<>();
    ProgressListener steps = step -> progress.add(step.step() + "/" + step.steps());

    GenerationResult split =
        ladder(at -> at.request.count() > 1).draw(request(2), steps, Cancellation.none());

    List<RgbImage> batch = draw(ladder(_ -> false), request(2)).images();
    assertThat(split.images()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(unlike(split.images().get(i), batch.get(i))).isLessThan(0.001);
    }
    assertThat(progress).containsExactly("1/4", "2/4", "3/4", "4/4");
    assertThat(tries).containsExactly("2 NONE", "1 ONE_BY_ONE", "1 ONE_BY_ONE", "2 NONE");
  }

  @Test
  void everyRungIsTriedOnceAndThenItIsRefused() {
    MemoryLadder ladder = ladder(_ -> true);

    assertThatThrownBy(() -> draw(ladder, request(2)))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ReasonCode.OUT_OF_MEMORY))
        .hasMessageContaining("2 × 64x64 with the model “tiny”")
        .hasMessageContaining("--size");
    assertThat(tries).containsExactly("2 NONE", "1 ONE_BY_ONE", "1 TILED", "1 HOST_ENCODERS");
  }

  @Test
  void aRefusalSpoilsNothingForTheNext() {
    MemoryLadder ladder = ladder(at -> at.request.count() > 1 || at.request.size().width() > 64);
    assertThatThrownBy(() -> draw(ladder, request(new ImageSize(128, 64), 1)))
        .isInstanceOf(Refusal.class);
    tries.clear();

    assertThat(draw(ladder, request(1)).images()).hasSize(1);
    assertThat(tries).containsExactly("1 NONE");
  }

  @Test
  void whatHelpedIsKeptForTheNext() {
    MemoryLadder ladder = ladder(at -> !at.economy.includes(Economy.TILED));
    draw(ladder, request(1));
    tries.clear();

    draw(ladder, request(1));

    assertThat(tries).containsExactly("1 TILED");
  }

  @Test
  void withTextEncodersOnTheCpuThePictureIsTheSame() {
    RgbImage economical =
        draw(ladder(at -> at.economy != Economy.HOST_ENCODERS), request(1)).images().getFirst();

    RgbImage usual = draw(ladder(_ -> false), request(1)).images().getFirst();
    assertThat(unlike(economical, usual)).isLessThan(0.02);
  }

  private MemoryLadder ladder(Predicate<Try> tooLarge) {
    return new MemoryLadder((request, economy, listener, cancellation) -> {
      tries.add(request.count() + " " + economy);
      if (tooLarge.test(new Try(request, economy))) {
        throw new OutOfMemory("unet", "Failed to allocate memory", new IllegalStateException());
      }
      return generator.drawOnce(request, economy, listener, cancellation);
    });
  }

  private static GenerationResult draw(MemoryLadder ladder, GenerationRequest request) {
    return ladder.draw(request, NOBODY, Cancellation.none());
  }

  private static GenerationRequest request(int count) {
    return request(new ImageSize(64, 64), count);
  }

  private static GenerationRequest request(ImageSize size, int count) {
    return new GenerationRequest(
        "tiny", "a red circle", "", size, 2, 0, "TCD", 0.5, new Seed(7), count, List.of(), 0);
  }

  /** Share of bytes that differ by more than a grey level. */
  private static double unlike(RgbImage a, RgbImage b) {
    int unlike = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      if (Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF)) > 1) {
        unlike++;
      }
    }
    return (double) unlike / a.rgb().length;
  }
}
