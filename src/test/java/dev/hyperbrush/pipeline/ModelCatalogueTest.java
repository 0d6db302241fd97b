package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.checkpoint.ModelFiles;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.checkpoint.OriginalLayout;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.scheduler.TimestepSpacing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelCatalogueTest {
  @TempDir Path data;

  /** The few-step LoRA was trained so; any scheduler may be asked for. */
  @Test
  void theBuiltinModelVisitsTrailingTimestepsWithEveryScheduler() {
    assertThat(ModelCatalogue.load(data).defaultModel().recipes())
        .allMatch(recipe -> recipe.timestepSpacing() == TimestepSpacing.TRAILING);
  }

  @Test
  void theBuiltInModelIsThereAtOnce() {
    ModelCatalogue catalogue = ModelCatalogue.load(data);

    ModelVariant tiny = catalogue.defaultModel();
    assertThat(catalogue.all()).containsExactly(tiny);
    assertThat(catalogue.find(" TINY ")).contains(tiny);
    assertThat(tiny.source().main().resolve("model_index.json")).exists();
    assertThat(tiny.nativeSize()).isEqualTo(new ImageSize(128, 128));
    assertThat(catalogue.loraNames()).containsExactly("outline-style", "tiny-fast");
    assertThat(catalogue.notices()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0, TCD, 0.5, true",
    "1, 0, TCD, 0, true",
    "2, 0, DDIM, 0, true",
    "3, 1, DDIM, 0, true",
    "8, 0, DDIM, 0, true",
    "8, 4, DDIM, 0, false",
    "20, 4, DDIM, 0, false",
    "20, 0, TCD, 0.5, true"
  })
  void theBuiltInModelHasARecipeForEveryWish(
      int steps, double guidance, String scheduler, double eta, boolean fewStep) {
    Recipe recipe = ModelCatalogue.load(data).defaultModel().recipeFor(steps, guidance);

    assertThat(recipe.scheduler()).isEqualTo(scheduler);
    assertThat(recipe.eta()).isEqualTo(eta);
    assertThat(recipe.loras().contains(new LoraWeight("tiny-fast", 1))).isEqualTo(fewStep);
  }

  @Test
  void whoeverAsksForNothingGetsFourStepsWithoutGuidance() {
    Recipe recipe = ModelCatalogue.load(data).defaultModel().recipes().getFirst();

    assertThat(recipe.defaultSteps()).isEqualTo(4);
    assertThat(recipe.guided()).isFalse();
  }

  @Test
  void aFolderInDiffusersLayoutIsAModel() throws Exception {
    addModel("my-sdxl", "EulerDiscreteScheduler", "leading");
    addModel("my-turbo", "EulerAncestralDiscreteScheduler", "trailing");

    ModelCatalogue catalogue = ModelCatalogue.load(data);

    ModelVariant sdxl = catalogue.find("my-sdxl").orElseThrow();
    assertThat(sdxl.sizes())
        .startsWith(new ImageSize(1024, 1024), new ImageSize(1152, 896), new ImageSize(896, 1152));
    assertThat(sdxl.recipes().getFirst().scheduler()).isEqualTo("Euler");
    assertThat(sdxl.recipes().getFirst().guided()).isTrue();
    Recipe turbo = catalogue.find("my-turbo").orElseThrow().recipes().getFirst();
    assertThat(turbo.timestepSpacing()).isEqualTo(TimestepSpacing.TRAILING);
    assertThat(turbo.guided()).isFalse();
  }

  @Test
  void aFolderOfSd15HasItsSizesAndGuidance() throws Exception {
    Path folder = addModel("my-sd15", "PNDMScheduler", "leading");
    Files.writeString(folder.resolve("unet/config.json"), "{\"sample_size\": 64}");

    ModelVariant model = ModelCatalogue.load(data).find("my-sd15").orElseThrow();

    assertThat(model.sizes())
        .containsExactly(
            new ImageSize(512, 512),
            new ImageSize(640, 512),
            new ImageSize(512, 640),
            new ImageSize(768, 512),
            new ImageSize(512, 768));
    assertThat(model.recipes().getFirst().scheduler()).isEqualTo("Euler");
    assertThat(model.recipes().getFirst().defaultGuidance()).isEqualTo(7.5);
  }

  @Test
  void aSingleFileIsAModelAndAnyOtherFileIsNamed() throws Exception {
    ModelCatalogue.load(data);
    ModelFiles tiny = ModelSource.of(data.resolve("models/tiny")).open();
    Path models = data.resolve("models");
    OriginalLayout.writeSdxl(tiny, DType.F16, models.resolve("My.Style.safetensors"));
    Files.copy(
        data.resolve("models/tiny/lora/tiny-fast.safetensors"), models.resolve("some.safetensors"));

    ModelCatalogue catalogue = ModelCatalogue.load(data);

    ModelVariant single = catalogue.find("my.style").orElseThrow();
    assertThat(single.nativeSize()).isEqualTo(new ImageSize(1024, 1024));
    assertThat(single.recipes().getFirst().scheduler()).isEqualTo("Euler");
    assertThat(single.recipes().getFirst().defaultSteps()).isEqualTo(30);
    assertThat(single.source().open().unet().weights().find("conv_in.weight")).isPresent();
    assertThat(catalogue.find("some")).isEmpty();
    assertThat(catalogue.notices())
        .extracting(Phrase::english)
        .singleElement()
        .asString()
        .contains("some.safetensors is a LoRA", "folder “loras”");
  }

  @Test
  void aDamagedFolderIsLeftOutWithAWord() throws Exception {
    Path folder = addModel("broken", "DDIMScheduler", "leading");
    Files.writeString(folder.resolve("unet/config.json"), "{\"sample_size\": ");

    ModelCatalogue catalogue = ModelCatalogue.load(data);

    assertThat(catalogue.find("broken")).isEmpty();
    assertThat(catalogue.notices())
        .extracting(Phrase::english)
        .singleElement()
        .asString()
        .contains(folder.toString(), "unet/config.json");
  }

  @Test
  void anEntryChangesWhatItNamesAndNothingElse() throws Exception {
    addModel("my-sdxl", "EulerDiscreteScheduler", "leading");

    ModelVariant model =
        load("""
        models:
          my-sdxl:
            title: My own
            recipes:
              - steps: 2-8
                defaultSteps: 6
                guidance: 5-8
                scheduler: ddim
                loras: [fast:0.5, style]
        """)
            .find("my-sdxl")
            .orElseThrow();

    assertThat(model.title()).isEqualTo("My own");
    assertThat(model.nativeSize()).isEqualTo(new ImageSize(1024, 1024));
    assertThat(model.recipes())
        .singleElement()
        .isEqualTo(
            new Recipe(
                2,
                8,
                6,
                5,
                8,
                5,
                "DDIM",
                TimestepSpacing.LEADING,
                0,
                List.of(new LoraWeight("fast", 0.5), new LoraWeight("style", 1))));
  }

  @Test
  void theOperatorsEntryWinsAndTheRestOfThePackedOnesStays() throws Exception {
    ModelCatalogue catalogue = load("models: {tiny: {enlarge: 2}}");

    assertThat(catalogue.defaultModel().enlarge()).isEqualTo(2);
    assertThat(catalogue.defaultModel().recipes())
        .isEqualTo(ModelCatalogue.load(data).defaultModel().recipes());
    assertThat(load("models:").defaultModel().enlarge()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "models: {tiny: {enlarge: 9}}          | line 1: “models.tiny.enlarge” is “9”, but must be"
            + " a whole number from 1 to 4",
        "models: {tiny: {titel: Tiny}}         | line 1: there is no setting “models.tiny.titel”."
            + " Did you mean “title”?",
        "modles: {}                            | there is no setting “modles”. Did you mean"
            + " “models”?",
        "models: {tiny: {livePreview: maybe}}  | “maybe”, but must be true or false",
        "models: {tiny: {sizes: [100x100]}}    | “100x100”, but must be sizes such as 1024x768, in"
            + " multiples of 8",
        "models: {tiny: {sizes: 128x128}}      | “128x128”, but must be a list",
        "models: {tiny: {sizeMultiple: 12}}    | “12”, but must be a multiple of 8",
        "models: {tiny: {recipes: [{eta: 1}]}} | “models.tiny.recipes.steps” is missing",
        "models: {tiny: {recipes: [{steps: 8-2}]}} | “8-2”, but must be a number from 1 to 150",
        "models: {tiny: {recipes: [{steps: 1, scheduler: Eular}]}} | “Eular”, but must be one of"
            + " TCD, LCM",
        "models: {tiny: {recipes: [{steps: 1, loras: ['a:b']}]}} | “a:b”, but must be names with"
            + " weights",
        "models: [tiny]                        | “models” is “[…]”, but must be a list of “key:"
            + " value”",
        "models: {tiny: {}, tiny: {}}          | “models.tiny” is there twice",
        "models: {tiny: !!java.io.File {}, x: [}  | not valid YAML",
        "just words                            | “the file” is “just words”"
      })
  void aWrongFileIsRefusedWithPlaceValueAndRemedy(String yaml, String sentence) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("models.yaml")
        .hasMessageContaining(sentence);
  }

  @Test
  void lorasAreFoundByName() throws Exception {
    Files.createDirectories(data.resolve("loras"));
    ModelCatalogue.load(data);
    Files.copy(
        data.resolve("models/tiny/lora/outline-style.safetensors"),
        data.resolve("loras/Tiny-other.safetensors"));
    ModelCatalogue catalogue = ModelCatalogue.load(data);

    assertThat(catalogue.lora("Outline-Style"))
        .isEqualTo(data.resolve("models/tiny/lora/outline-style.safetensors"));
    assertThat(catalogue.lora("tiny-other"))
        .isEqualTo(data.resolve("loras/Tiny-other.safetensors"));
    assertThatThrownBy(() -> catalogue.lora("tiny"))
        .hasMessageContaining("There is no LoRA “tiny”");
    assertThatThrownBy(() -> catalogue.lora("../tiny-fast")).isInstanceOf(Refusal.class);
  }

  @Test
  void anUnknownDefaultIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> ModelCatalogue.load(data, Optional.empty(), "tinny"))
        .hasMessageContaining("There is no model “tinny”. Installed: tiny")
        .extracting(e -> ((Refusal) e).code())
        .isEqualTo(ReasonCode.MODEL_UNKNOWN);
  }

  private ModelCatalogue load(String yaml) throws Exception {
    Path file = Files.writeString(data.resolve("models.yaml"), yaml);
    return ModelCatalogue.load(data, Optional.of(file), ModelCatalogue.BUILTIN);
  }

  private Path addModel(String name, String scheduler, String spacing) throws Exception {
    Path folder = data.resolve("models").resolve(name);
    for (String part : new String[] {"unet", "vae", "scheduler"}) {
      Files.createDirectories(folder.resolve(part));
    }
    Files.writeString(folder.resolve("model_index.json"), "{}");
    Files.writeString(
        folder.resolve("unet/config.json"),
        "{\"sample_size\": 128, \"addition_embed_type\": \"text_time\"}");
    Files.writeString(
        folder.resolve("vae/config.json"), "{\"block_out_channels\": [128, 256, 512, 512]}");
    Files.writeString(
        folder.resolve("scheduler/scheduler_config.json"),
        "{\"_class_name\": \"%s\", \"timestep_spacing\": \"%s\"}".formatted(scheduler, spacing));
    return folder;
  }
}
