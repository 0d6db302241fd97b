package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.onnx.OnnxSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in model, drawing. */
final class DiffusionGeneratorTest {
  private static final String PROMPT = "a red circle on a blue background";

  @TempDir private static Path data;
  private static DiffusionGenerator generator;

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
  void equalRequestsGiveEqualBytes() {
    RgbImage first = draw(request(PROMPT, 4, 0, 7, 1)).images().getFirst();
    draw(request("a yellow star on a black background", 20, 4, 8, 1));
    RgbImage second = draw(request(PROMPT, 4, 0, 7, 1)).images().getFirst();

    assertThat(second.rgb()).isEqualTo(first.rgb());
  }

  @Test
  void pictureIOfABatchIsThePictureOfSeedPlusI() {
    List<RgbImage> batch = draw(request(PROMPT, 4, 0, 20, 3)).images();

    for (int i = 0; i < batch.size(); i++) {
      RgbImage alone = draw(request(PROMPT, 4, 0, 20 + i, 1)).images().getFirst();
      assertThat(share(batch.get(i), alone)).isGreaterThan(0.999);
    }
    assertThat(share(batch.get(0), batch.get(1))).isLessThan(0.999);
  }

  @Test
  void drawsOtherSizesThanTheNativeOne() {
    RgbImage wide =
        draw(new GenerationRequest(
                "tiny",
                PROMPT,
                "",
                new ImageSize(192, 128),
                4,
                0,
                "TCD",
                0.5,
                new Seed(7),
                1,
                List.of(),
                0))
            .images()
            .getFirst();

    assertThat(wide.width()).isEqualTo(192);
    assertThat(wide.height()).isEqualTo(128);
  }

  @Test
  void tellsOfEveryStepWithAPreview() {
    List<String> told = new ArrayList<>();
    generator.generate(
        request(PROMPT, 4, 0, 7, 1),
        progress -> {
          RgbImage preview = progress.preview().get().orElseThrow();
          told.add(progress.step() + "/" + progress.steps() + " " + preview.width());
        },
        Cancellation.none());

    assertThat(told).containsExactly("1/4 128", "2/4 128", "3/4 128", "4/4 128");
  }

  @Test
  void cancellingStopsWithinOneStep() {
    List<Integer> steps = new ArrayList<>();
    Cancellation cancellation = new Cancellation();

    assertThatThrownBy(() ->
            generator.generate(
                request(PROMPT, 8, 0, 7, 1),
                progress -> {
                  steps.add(progress.step());
                  if (progress.step() == 2) {
                    cancellation.request();
                  }
                },
                cancellation))
        .isInstanceOf(CancelledException.class);
    assertThat(steps).containsExactly(1, 2);
  }

  @Test
  void aPromptThatIsTooLongIsCutWithANotice() {
    GenerationResult result = draw(request("a red circle ".repeat(40) + "the end", 1, 0, 7, 1));

    assertThat(result.notices()).extracting(Phrase::code).containsExactly(ReasonCode.PROMPT_CUT);
    assertThat(result.notices().getFirst().english()).contains("75").contains("the end");
  }

  @Test
  void aRefusedLoraLeavesTheModelAsItWas() {
    RgbImage before = draw(request(PROMPT, 4, 0, 7, 1)).images().getFirst();

    assertThatThrownBy(() -> draw(with(new LoraWeight("no-such-lora", 1))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no-such-lora");

    assertThat(draw(request(PROMPT, 4, 0, 7, 1)).images().getFirst().rgb()).isEqualTo(before.rgb());
  }

  @Test
  void aLoraChangesThePictureAndCanBeTakenOutAgain() {
    RgbImage plain = draw(request(PROMPT, 4, 0, 7, 1)).images().getFirst();
    RgbImage styled = draw(with(new LoraWeight("outline-style", 1))).images().getFirst();

    assertThat(share(plain, styled)).isLessThan(0.99);
    assertThat(draw(request(PROMPT, 4, 0, 7, 1)).images().getFirst().rgb()).isEqualTo(plain.rgb());
  }

  @Test
  void aModelThatIsGoneIsNamed() {
    GenerationRequest request =
        new GenerationRequest(
            "gone",
            PROMPT,
            "",
            new ImageSize(128, 128),
            4,
            0,
            "TCD",
            0,
            new Seed(7),
            1,
            List.of(),
            0);

    assertThatThrownBy(() -> draw(request))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("“gone” is no longer installed")
        .hasMessageContaining("Installed: tiny");
  }

  private static GenerationResult draw(GenerationRequest request) {
    return generator.generate(request, ProgressListener.NONE, Cancellation.none());
  }

  @Test
  void aLoraThatIsGoneIsNamedWithTheNearest() {
    assertThatThrownBy(() -> draw(with(new LoraWeight("outline-stile", 1))))
        .hasMessageContaining("LoRA “outline-stile” is no longer installed")
        .hasMessageContaining("Installed: outline-style, tiny-fast");
    assertThat(draw(request(PROMPT, 4, 0, 7, 1)).images()).hasSize(1);
  }

  private static GenerationRequest request(
      String prompt, int steps, double guidance, long seed, int count) {
    return new GenerationRequest(
        "tiny",
        prompt,
        "",
        new ImageSize(128, 128),
        steps,
        guidance,
        guidance > 1 ? "DDIM" : "TCD",
        0,
        new Seed(seed),
        count,
        List.of(),
        0);
  }

  private static GenerationRequest with(LoraWeight lora) {
    GenerationRequest plain = request(PROMPT, 4, 0, 7, 1);
    return new GenerationRequest(
        plain.model(),
        plain.prompt(),
        "",
        plain.size(),
        plain.steps(),
        plain.guidanceScale(),
        plain.scheduler(),
        plain.eta(),
        plain.seed(),
        1,
        List.of(lora),
        0);
  }

  /** Share of values that differ by one grey level at most. */
  private static double share(RgbImage a, RgbImage b) {
    int near = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      near += Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF)) <= 1 ? 1 : 0;
    }
    return near / (double) a.rgb().length;
  }
}
