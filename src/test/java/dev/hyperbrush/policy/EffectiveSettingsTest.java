package dev.hyperbrush.policy;

import static dev.hyperbrush.generation.ReasonCode.GUIDANCE_CHANGED;
import static dev.hyperbrush.generation.ReasonCode.LIMITED_BY_OPERATOR;
import static dev.hyperbrush.generation.ReasonCode.LORA_UNKNOWN;
import static dev.hyperbrush.generation.ReasonCode.MODEL_UNKNOWN;
import static dev.hyperbrush.generation.ReasonCode.NEGATIVE_IMPOSSIBLE;
import static dev.hyperbrush.generation.ReasonCode.NEGATIVE_WITHOUT_GUIDANCE;
import static dev.hyperbrush.generation.ReasonCode.PRESET_UNKNOWN;
import static dev.hyperbrush.generation.ReasonCode.PROMPT_EMPTY;
import static dev.hyperbrush.generation.ReasonCode.PROMPT_TOO_LONG;
import static dev.hyperbrush.generation.ReasonCode.RATIO_CHANGED;
import static dev.hyperbrush.generation.ReasonCode.SCHEDULER_UNKNOWN;
import static dev.hyperbrush.generation.ReasonCode.SIZE_CHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EffectiveSettingsTest {
  private final EffectiveSettings settings = settings(OperatorSettings.standard());

  @Test
  void aBarePromptTakesTheFirstRecipeOfTheDefaultModel() {
    Settled settled = settings.settle(wish().wish());

    assertThat(settled.notices()).isEmpty();
    GenerationRequest request = settled.request();
    assertThat(request.model()).isEqualTo("small");
    assertThat(request.size()).isEqualTo(new ImageSize(128, 128));
    assertThat(request.steps()).isEqualTo(4);
    assertThat(request.guidanceScale()).isZero();
    assertThat(request.scheduler()).isEqualTo("TCD");
    assertThat(request.eta()).isEqualTo(0.5);
    assertThat(request.count()).isEqualTo(1);
  }

  @Test
  void aRandomSeedComesFromTheInjectedSource() {
    Seed expected = Seed.random(new Random(1));
    assertThat(settings.settle(wish().wish()).request().seed()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // steps, guidance -> steps, guidance, scheduler, notice
    "     ,      ,  4, 0,   TCD,",
    "    6,      ,  6, 0,   TCD,",
    "    8,      ,  8, 0,   TCD,",
    "   20,      , 20, 4,   DDIM,",
    "   60,      , 30, 4,   DDIM, STEPS_CHANGED",
    "     ,     4, 20, 4,   DDIM,",
    "     ,     1,  4, 0,   TCD,",
    "     ,   0.5,  4, 0,   TCD,",
    "     ,   1.5, 20, 2,   DDIM, GUIDANCE_CHANGED",
    "     ,    15, 20, 8,   DDIM, GUIDANCE_CHANGED",
    "   10,   2.5, 10, 2.5, DDIM,",
    "    8,     4,  8, 4,   DDIM,",
    "    4,     4,  8, 4,   DDIM, STEPS_CHANGED",
    "   20,     0,  8, 0,   TCD,  STEPS_CHANGED",
  })
  void stepsAndGuidanceChooseTheRecipe(
      @Nullable Integer steps,
      @Nullable Double guidance,
      int expectedSteps,
      double expectedGuidance,
      String scheduler,
      @Nullable ReasonCode notice) {
    Settled settled = settings.settle(wish().steps(steps).guidance(guidance).wish());

    assertThat(settled.request().steps()).isEqualTo(expectedSteps);
    assertThat(settled.request().guidanceScale()).isEqualTo(expectedGuidance);
    assertThat(settled.request().scheduler()).isEqualTo(scheduler);
    assertThat(settled.notices())
        .extracting(Phrase::code)
        .isEqualTo(notice == null ? List.of() : List.of(notice));
  }

  @Test
  void thePipelineFindsTheRecipeThatWasChosenHere() {
    for (int steps = 1; steps <= 40; steps++) {
      for (double guidance : new double[] {0, 1, 1.5, 4, 12}) {
        GenerationRequest request =
            settings.settle(wish().steps(steps).guidance(guidance).wish()).request();
        assertThat(
                ExampleModels.SMALL.recipeFor(request.steps(), request.guidanceScale()).scheduler())
            .isEqualTo(request.scheduler());
      }
    }
  }

  @Test
  void anotherSchedulerDoesNotTakeTheNoiseOfTheRecipes() {
    assertThat(settings.settle(wish().scheduler("DDIM").wish()).request().eta()).isZero();
    assertThat(settings.settle(wish().scheduler("tcd").wish()).request().eta()).isEqualTo(0.5);
  }

  @Test
  void guidanceOnAModelWithoutIsRefusedGently() {
    Settled settled = settings.settle(wish().model("turbo-xl").guidance(7.0).wish());
    assertThat(settled.request().guidanceScale()).isZero();
    assertThat(settled.notices()).extracting(Phrase::code).containsExactly(GUIDANCE_CHANGED);
  }

  @Test
  void aNegativePromptWithoutGuidanceIsKeptAndExplained() {
    Settled settled = settings.settle(wish().no("dog").wish());
    assertThat(settled.request().negativePrompt()).isEqualTo("dog");
    assertThat(settled.notices()).containsExactly(Phrase.of(NEGATIVE_WITHOUT_GUIDANCE, "4", "20"));

    assertThat(settings.settle(wish().no("dog").guidance(4.0).wish()).notices()).isEmpty();
    assertThat(settings.settle(wish().no("dog").model("turbo-xl").wish()).notices())
        .containsExactly(Phrase.of(NEGATIVE_IMPOSSIBLE, "turbo-xl"));
  }

  @ParameterizedTest
  @CsvSource({
    "128, 128, 128x128",
    "100, 100, 96x96",
    "130,  90, 128x96",
    " 16,  16, 64x64",
    "512, 512, 512x512",
    "1024, 1024, 512x512",
    "1024, 768, 576x448",
    "16384, 16, 4096x64",
    "16384, 16384, 512x512",
  })
  void sizesBecomeWhatTheModelTakes(int width, int height, String expected) {
    Settled settled = settings.settle(wish().size(SizeWish.Pixels.of(width, height)).wish());

    assertThat(settled.request().size()).hasToString(expected);
    boolean changed = !expected.equals(width + "x" + height);
    assertThat(settled.notices())
        .extracting(Phrase::code)
        .isEqualTo(changed ? List.of(SIZE_CHANGED) : List.of());
  }

  @Test
  void anySizeBecomesOneTheModelTakes() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      SizeWish size = SizeWish.Pixels.of(random.nextInt(16, 16_384), random.nextInt(16, 16_384));
      ImageSize settled = settings.settle(wish().size(size).wish()).request().size();
      assertThat(settled.pixels()).as("%s", size).isLessThanOrEqualTo(512 * 512);
      assertThat(settled.width() % 32).isZero();
      assertThat(settled.height() % 32).isZero();
    }
  }

  @Test
  void aSingleSideLeavesTheOtherToTheModel() {
    SizeWish wide = new SizeWish.Pixels(OptionalInt.of(256), OptionalInt.empty());
    assertThat(settings.settle(wish().size(wide).wish()).request().size()).hasToString("256x128");
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 128x128", "3, 2, 192x128", "9, 15, 96x160"})
  void aRatioChoosesTheNearestTrainedSize(int width, int height, String expected) {
    Settled settled = settings.settle(wish().size(new SizeWish.Ratio(width, height)).wish());
    assertThat(settled.request().size()).hasToString(expected);
    assertThat(settled.notices()).isEmpty();
  }

  @Test
  void aRatioThatNothingHasIsExplained() {
    Settled settled = settings.settle(wish().size(new SizeWish.Ratio(16, 9)).wish());
    assertThat(settled.request().size()).hasToString("192x128");
    assertThat(settled.notices())
        .containsExactly(Phrase.of(RATIO_CHANGED, "16:9", "192x128", "small"));
  }

  @Test
  void theOperatorLimitsEveryone() {
    EffectiveSettings strict =
        settings(new OperatorSettings(Optional.of("TURBO-XL"), 256 * 256, 3, 2, 10));

    Settled settled = strict.settle(wish().steps(4).count(3).wish());
    assertThat(settled.request().model()).isEqualTo("turbo-xl");
    assertThat(settled.request().size()).hasToString("256x256");
    assertThat(settled.request().count()).isEqualTo(2);
    assertThat(settled.notices())
        .containsExactly(
            Phrase.of(LIMITED_BY_OPERATOR, "steps", 4, 3, 3),
            Phrase.of(LIMITED_BY_OPERATOR, "count", 3, 2, 2));
    assertThat(refusal(strict, wish().prompt("a long prompt").wish()))
        .isEqualTo(Phrase.of(PROMPT_TOO_LONG, "prompt", 13, 10));
    assertThat(refusal(strict, wish().no("something else").wish()).code())
        .isEqualTo(PROMPT_TOO_LONG);
    // A guided recipe starts above the limit: the other one is what is left.
    assertThat(strict.settle(wish().model("small").guidance(4.0).wish()).request().steps())
        .isEqualTo(3);
  }

  @Test
  void lengthCountsCharactersNotHalvesOfThem() {
    EffectiveSettings strict =
        settings(new OperatorSettings(Optional.empty(), 512 * 512, 10, 1, 5));
    assertThat(strict.settle(wish().prompt("🐈🐈🐈🐈🐈").wish()).request().prompt()).hasSize(10);
  }

  @Test
  void impossibleLimitsAreRefusedAtTheStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OperatorSettings(Optional.empty(), 512 * 512, 0, 1, 5))
        .withMessageContaining("maxSteps 0");
  }

  @Test
  void namesAreFoundInAnyCaseAndUnknownOnesAreAnsweredWithTheNearest() {
    Wish known =
        wish()
            .model("Small")
            .scheduler("euler_ancestral")
            .lora("OUTLINE", 0.5)
            .lora("outline", 0.8)
            .wish();
    GenerationRequest request = settings.settle(known).request();
    assertThat(request.model()).isEqualTo("small");
    assertThat(request.scheduler()).isEqualTo("Euler a");
    assertThat(request.loras()).containsExactly(new LoraWeight("outline", 0.8));

    assertThat(refusal(settings, wish().model("turbo").wish()))
        .isEqualTo(Phrase.of(MODEL_UNKNOWN, "turbo", "turbo-xl, small"));
    Phrase unknownScheduler = refusal(settings, wish().scheduler("eulr").wish());
    assertThat(unknownScheduler.code()).isEqualTo(SCHEDULER_UNKNOWN);
    assertThat(unknownScheduler.args().getLast()).startsWith("Euler, ").contains("TCD", "DDIM");
    assertThat(refusal(settings, wish().lora("nothing", 1).wish()))
        .isEqualTo(Phrase.of(LORA_UNKNOWN, "nothing", "outline, Pixel Art, fast:v2"));
  }

  @Test
  void anEmptyPromptIsRefused() {
    assertThat(refusal(settings, wish().prompt(" ").wish()).code()).isEqualTo(PROMPT_EMPTY);
  }

  @Test
  void aCommandLineHasThePresetsOfTheCatalogue(@TempDir Path data) throws IOException {
    Path yaml =
        Files.writeString(
            data.resolve("models.yaml"), "presets: {Rough: {steps: 2, guidance: 0, eta: 0.25}}");
    ModelCatalogue installed = ModelCatalogue.load(data, Optional.of(yaml), "tiny");
    EffectiveSettings line =
        new EffectiveSettings(
            Choices.of(() -> installed), OperatorSettings.standard(), new Random(1));

    GenerationRequest request = line.settle(wish().preset("rough").steps(3).wish()).request();

    assertThat(request.steps()).isEqualTo(3);
    assertThat(request.eta()).isEqualTo(0.25);
    assertThat(refusal(line, wish().preset("ruff").wish()))
        .isEqualTo(Phrase.of(PRESET_UNKNOWN, "ruff", "Rough"));
  }

  private static EffectiveSettings settings(OperatorSettings operator) {
    return new EffectiveSettings(ExampleModels.choices(), operator, new Random(1));
  }

  private static Phrase refusal(EffectiveSettings settings, Wish wish) {
    return catchThrowableOfType(Refusal.class, () -> settings.settle(wish)).phrase();
  }

  private static Wishing wish() {
    return new Wishing();
  }

  /** A wish for a cat, extended by one thing at a time. */
  private static final class Wishing {
    private String prompt = "a cat";
    private String no = "";
    private Optional<String> model = Optional.empty();
    private OptionalInt steps = OptionalInt.empty();
    private OptionalDouble guidance = OptionalDouble.empty();
    private Optional<SizeWish> size = Optional.empty();
    private OptionalInt count = OptionalInt.empty();
    private Optional<String> scheduler = Optional.empty();
    private final List<LoraWeight> loras = new ArrayList<>();
    private final List<String> presets = new ArrayList<>();

    Wishing prompt(String text) {
      prompt = text;
      return this;
    }

    Wishing no(String text) {
      no = text;
      return this;
    }

    Wishing model(String name) {
      model = Optional.of(name);
      return this;
    }

    Wishing steps(@Nullable Integer value) {
      steps = value == null ? OptionalInt.empty() : OptionalInt.of(value);
      return this;
    }

    Wishing guidance(@Nullable Double value) {
      guidance = value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
      return this;
    }

    Wishing size(SizeWish wanted) {
      size = Optional.of(wanted);
      return this;
    }

    Wishing count(int value) {
      count = OptionalInt.of(value);
      return this;
    }

    Wishing scheduler(String name) {
      scheduler = Optional.of(name);
      return this;
    }

    Wishing lora(String name, double weight) {
      loras.add(new LoraWeight(name, weight));
      return this;
    }

    Wishing preset(String name) {
      presets.add(name);
      return this;
    }

    Wish wish() {
      return new Wish(
          prompt,
          no,
          model,
          steps,
          guidance,
          Optional.empty(),
          size,
          count,
          scheduler,
          OptionalDouble.empty(),
          loras,
          presets,
          Optional.empty(),
          Optional.empty(),
          false);
    }
  }
}
