package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.CatalogueFile.Part;
import dev.hyperbrush.scheduler.PredictionType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the packed models.yaml offers, and when it counts as installed. */
final class DescribedModelsTest {
  private static final String HALF =
      """
      files:
        half: {to: models/half.safetensors, url: https://example.org/half, licence: mit}
        other: {to: loras/other.safetensors, repo: a/b, path: c.safetensors, about: 1.5 MB}
      models:
        both:
          needs: [half, other]
          file: models/half.safetensors
          recipes: [{steps: 1, scheduler: LCM, timesteps: [800]}]
      """;

  @TempDir Path data;

  @Test
  void everyPackedModelGetsAllThatItsRecipesUse() {
    for (DescribedModel model : ModelCatalogue.load(data).described()) {
      List<Path> gets =
          model.needs().stream()
              .flatMap(file -> file.parts().stream())
              .map(part -> data.resolve(part.to()))
              .toList();
      List<Path> uses =
          model.variant().recipes().stream()
              .flatMap(recipe -> recipe.loras().stream())
              .map(LoraWeight::name)
              .map(name -> data.resolve("loras/" + name + ".safetensors"))
              .toList();
      if (!model.id().equals(ModelCatalogue.BUILTIN)) {
        assertThat(gets).as(model.id()).containsAll(uses).contains(model.variant().source().main());
        model.variant().source().unet().ifPresent(unet -> assertThat(gets).contains(unet));
      }
    }
  }

  @Test
  void everyPackedFileGoesToAPlaceOfItsOwnAndNamesItsLicence() {
    List<CatalogueFile> files = ModelCatalogue.load(data).files();

    assertThat(files).hasSizeGreaterThan(20).allMatch(file -> file.licence().isPresent());
    assertThat(files.stream().flatMap(file -> file.parts().stream()).map(Part::to))
        .doesNotHaveDuplicates();
    assertThat(files.stream().flatMap(file -> file.parts().stream()).map(Part::expectedBytes))
        .allMatch(bytes -> bytes > 100_000);
  }

  @Test
  void theFactsOfThePublishedVariantsAreThere() {
    ModelCatalogue catalogue = ModelCatalogue.load(data);

    Recipe oneStep = variant(catalogue, "hyper-sdxl-1step").recipes().getFirst();
    assertThat(oneStep.scheduler()).isEqualTo("LCM");
    assertThat(oneStep.timesteps()).containsExactly(800);
    assertThat(variant(catalogue, "lightning-1step").predictionType())
        .contains(PredictionType.SAMPLE);
    assertThat(variant(catalogue, "hyper-sdxl-cfg").recipes())
        .allMatch(recipe -> recipe.minGuidance() == 5 && recipe.maxGuidance() == 8);
    assertThat(catalogue.described("sdxl-turbo").orElseThrow().nonCommercial()).isTrue();
    assertThat(catalogue.described("hyper-sdxl").orElseThrow().nonCommercial()).isFalse();
  }

  @Test
  void everyPackedPresetFitsTheModelThatItNames() {
    ModelCatalogue catalogue = ModelCatalogue.load(data);

    assertThat(catalogue.describedPresets())
        .extracting(CataloguePreset::name)
        .contains("hyper-community", "hyper-community-tcd");
    assertThat(catalogue.describedPresets())
        .allSatisfy(preset -> {
          ModelVariant model = variant(catalogue, preset.model().orElseThrow());
          assertThat(model.sizes()).contains(preset.size().orElseThrow());
          int steps = preset.steps().orElseThrow();
          double guidance = preset.guidance().orElseThrow();
          assertThat(model.recipes())
              .anyMatch(recipe ->
                  recipe.minSteps() <= steps
                      && steps <= recipe.maxSteps()
                      && recipe.minGuidance() <= guidance
                      && guidance <= recipe.maxGuidance());
        });
  }

  @Test
  void aPresetIsThereWithItsModelAndItsLoras() throws Exception {
    Path yaml =
        Files.writeString(
            data.resolve("models.yaml"),
            HALF
                + """
                presets:
                  any: {steps: 3}
                  theirs: {model: BOTH, eta: 0.5, negative: blurry}
                  styled: {loras: [other:0.5]}
                  hyper-community: {title: Mine, model: both}
                """);
    assertThat(load(yaml, "tiny").presets()).extracting(CataloguePreset::name).containsOnly("any");

    touch("models/half.safetensors");
    touch("loras/other.safetensors");

    assertThat(load(yaml, "tiny").presets())
        .extracting(CataloguePreset::name)
        .containsOnly("any", "theirs", "hyper-community");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "presets: {x: {steps: 0}}            | a whole number from 1 to",
        "presets: {x: {guidance: NaN}}       | a number from 0 to",
        "presets: {x: {eta: 2}}              | a number from 0 to 1",
        "presets: {x: {scheduler: Quick}}    | one of",
        "presets: {x: {size: 1000x}}         | a size such as",
        "presets: {x: {step: 4}}             | steps",
        "presets: {a b: {steps: 4}}          | a name of letters",
      })
  void aWrongPresetIsNamed(String text, String says) throws Exception {
    Path yaml = Files.writeString(data.resolve("models.yaml"), text);

    assertThatThrownBy(() -> load(yaml, "tiny"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining(says);
  }

  @Test
  void aModelIsInstalledOnceAllItsFilesAreThere() throws Exception {
    Path yaml = Files.writeString(data.resolve("models.yaml"), HALF);
    touch("models/half.safetensors");
    assertThat(load(yaml, "tiny").find("both")).isEmpty();
    assertThatThrownBy(() -> load(yaml, "both"))
        .hasMessageContaining("models add both")
        .extracting(e -> ((Refusal) e).code())
        .isEqualTo(ReasonCode.MODEL_NOT_INSTALLED);

    touch("loras/other.safetensors");

    ModelCatalogue catalogue = load(yaml, "both");
    assertThat(catalogue.described("both").orElseThrow().installed()).isTrue();
    assertThat(catalogue.defaultModel().source().main())
        .isEqualTo(data.resolve("models/half.safetensors"));
    assertThat(catalogue.defaultModel().recipes().getFirst().timesteps()).containsExactly(800);
  }

  @Test
  void addressesAreOfARepositoryAtTheSiteOrAMirrorOrWholeOnes() throws Exception {
    Path yaml = Files.writeString(data.resolve("models.yaml"), HALF);
    List<CatalogueFile> files = load(yaml, "tiny").described("both").orElseThrow().needs();

    URI mirror = URI.create("http://127.0.0.1:1/hf");
    assertThat(files.get(0).parts().getFirst().from(mirror))
        .isEqualTo(URI.create("https://example.org/half"));
    assertThat(files.get(1).parts().getFirst().from(mirror))
        .isEqualTo(URI.create("http://127.0.0.1:1/hf/a/b/resolve/main/c.safetensors"));
    assertThat(files.get(1).expectedBytes()).isEqualTo(1_500_000);
  }

  @Test
  void anOperatorsEntryChangesOneLineAndKeepsTheRest() throws Exception {
    Path yaml =
        Files.writeString(data.resolve("models.yaml"), "models: {hyper-sdxl: {title: Fast}}");

    DescribedModel model = load(yaml, "tiny").described("hyper-sdxl").orElseThrow();

    assertThat(model.variant().title()).isEqualTo("Fast");
    assertThat(model.variant().source().main())
        .isEqualTo(data.resolve("models/sdxl-base.safetensors"));
    assertThat(model.needs()).hasSize(3);
    assertThat(model.variant().recipes()).hasSize(4);
  }

  @Test
  void anOperatorsFileHoldsForThePackedModelsThatNeedIt() throws Exception {
    Path yaml =
        Files.writeString(
            data.resolve("models.yaml"),
            "files: {sdxl-base: {to: models/sdxl-base.safetensors, url: https://a.b/mine}}");

    CatalogueFile base =
        load(yaml, "tiny").described("hyper-sdxl").orElseThrow().needs().getFirst();

    assertThat(base.parts().getFirst().address()).isEqualTo(URI.create("https://a.b/mine"));
    assertThat(base.exact()).isFalse();
  }

  @Test
  void guidanceAlonePicksTheRecipeOfCommunityCheckpoints() {
    Recipe recipe = variant(ModelCatalogue.load(data), "hyper-sdxl").recipeFor(4, 2);

    assertThat(recipe.scheduler()).isEqualTo("DPM++ SDE Karras");
    assertThat(recipe.defaultGuidance()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to: ../x, url: https://a.b/c                       | “../x”, but must be a path below",
        "to: models/../../x, url: https://a.b/c             | but must be a path below",
        "to: /etc/passwd, url: https://a.b/c                | but must be a path below",
        "to: store/x, url: https://a.b/c                    | but must be a path below",
        "to: models/x                                       | “files.f.url” is missing",
        "to: models/x, path: c                              | “files.f.url” is missing",
        "to: models/x, repo: a/b, path: ../../c             | but must be the path of a file",
        "to: models/x, url: 'https://me:secret@a.b/c'       | but must be an address",
        "to: models/x, url: 'file:///etc/passwd'            | but must be an address",
        "to: models/x, url: https://a.b/c, sha256: abc      | but must be 64 hexadecimal digits",
        "to: models/x, url: https://a.b/c, bytes: -4        | but must be a whole number",
        "to: models/x, url: https://a.b/c, about: big       | but must be a size such as",
        "to: models/x, url: https://a.b/c, licence: mine    | “mine”, but must be one of",
        "to: models/x, url: https://a.b/c, hash: mine       | there is no setting “files.f.hash”"
      })
  void aWrongFileEntryIsRefused(String entry, String sentence) throws Exception {
    Path yaml = Files.writeString(data.resolve("models.yaml"), "files: {f: {" + entry + "}}");

    assertThatThrownBy(() -> load(yaml, "tiny"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "needs: [nothing]                                   | one of the entries under files",
        "recipes: [{steps: 1, timesteps: [1000]}]           | “1000”, but must be timesteps from",
        "recipes: [{steps: 2, timesteps: [100, 200]}]       | each smaller than the one before",
        "recipes: [{steps: 2, timesteps: [800]}]            | as many as the steps",
        "predictionType: flow                               | one of epsilon, v_prediction, sample"
      })
  void aWrongModelEntryIsRefused(String entry, String sentence) throws Exception {
    Path yaml = Files.writeString(data.resolve("models.yaml"), "models: {tiny: {" + entry + "}}");

    assertThatThrownBy(() -> load(yaml, "tiny"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
  }

  private static ModelVariant variant(ModelCatalogue catalogue, String id) {
    return catalogue.described(id).orElseThrow().variant();
  }

  private ModelCatalogue load(Path yaml, String defaultModel) {
    return ModelCatalogue.load(data, Optional.of(yaml), defaultModel);
  }

  private void touch(String file) throws Exception {
    Files.createDirectories(data.resolve(file).getParent());
    Files.writeString(data.resolve(file), "");
  }
}
