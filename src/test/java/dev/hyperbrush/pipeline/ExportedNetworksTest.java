package dev.hyperbrush.pipeline;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.ExportedFolder;
import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.onnx.RunObserver;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.textencoder.TextEncoder;
import dev.hyperbrush.vae.LatentDistribution;
import dev.hyperbrush.vae.Vae;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of exported ONNX, found in the data folder and drawn with as people do. */
final class ExportedNetworksTest {
  /** What a request made of a recorded run asks for. */
  private static final String NAME = "recorded";

  @TempDir Path data;
  private Path folder;

  @BeforeEach
  void nameTheFolder() {
    folder = data.resolve("models").resolve(NAME);
  }

  @ParameterizedTest
  @CsvSource({
    "sdxl, ddim4_trailing_nocfg",
    "sdxl, tcd4",
    "sd15, ddim4_trailing_nocfg",
    "sd15, euler6_cfg7.5"
  })
  void drawsThePictureOfDiffusers(String family, String name) throws IOException {
    RecordedRun run = run(family, name);
    export(family, run, false);
    Png.assertSamePixels(draw(run.request(8)), run.pictures().getFirst());
  }

  @ParameterizedTest
  @CsvSource({"sdxl, ddim4_trailing_nocfg", "sd15, euler6_cfg7.5"})
  void drawsItRoundedWithSixteenBitsBetweenTheNetworks(String family, String name)
      throws IOException {
    RecordedRun run = run(family, name);
    export(family, run, true);
    Tensor expected = Png.read(run.pictures().getFirst());
    assertThat(meanDifference(draw(run.request(8)), expected)).isLessThan(1);
  }

  @Test
  void encodesPictures() throws IOException {
    try (Vae vae = exported("sd15").openVae()) {
      LatentDistribution latents = vae.encode(golden("vae.encode.image"), Cancellation.none());
      assertClose("mean", latents.mean(), golden("vae.encode.mean"), 5e-5);
      assertClose("log variance", latents.logVariance(), golden("vae.encode.logvar"), 5e-5);
    }
  }

  @Test
  void decodesInTilesWhereMemoryIsShort() throws IOException {
    Tensor latents = Tensor.zeros(1, 4, 72, 64);
    exported("sd15");
    List<String> runs = new ArrayList<>();
    try (Vae vae = open(ModelSource.of(folder), economical(runs)).openVae()) {
      RgbImage picture = vae.decode(latents, Cancellation.none()).getFirst();
      assertThat(picture.height()).isEqualTo(72 * vae.factor());
    }
    assertThat(runs).containsExactly("vae_decoder", "vae_decoder");
  }

  private Resources economical(List<String> runs) {
    RunObserver observer =
        new RunObserver() {
          @Override
          public void opened(String network, long from, long to) {}

          @Override
          public void ran(String network, long from, long to) {
            runs.add(network);
          }
        };
    return new Resources(OnnxSettings.cpu().observed(observer), data.resolve("cache"))
        .with(Economy.TILED);
  }

  @Test
  void embeddingsAreSaidNotToWorkAndTheTinyDecoderDoes() throws IOException {
    export("sdxl", run("sdxl", "ddim4_trailing_nocfg"), false);
    Files.createDirectories(data.resolve("embeddings"));
    Files.createDirectories(data.resolve("vae"));
    Files.copy(
        Reference.path("embeddings/my-style.safetensors"),
        data.resolve("embeddings/my-style.safetensors"));
    Files.copy(
        Reference.path("vae/taesd_decoder.safetensors"), data.resolve("vae/taesdxl.safetensors"));
    GenerationRequest request =
        run("sdxl", "ddim4_trailing_nocfg").request(8).withPrompts("a my-style circle", "");
    assertThat(generate(request.withDraft(true)).notices())
        .containsExactly(Phrase.of(ReasonCode.EMBEDDING_NOT_WITH_ONNX, "my-style"));
  }

  @Test
  void skipsLayersWhereTheExportGivesThem() throws IOException {
    int[][] ids = new int[1][77];
    try (TextEncoder encoder = exported("sdxl").openTextEncoder(0)) {
      Tensor plain = encoder.encode(ids, 0, Cancellation.none()).hiddenStates();
      Tensor skipped = encoder.encode(ids, 1, Cancellation.none()).hiddenStates();
      assertThat(skipped.shape()).isEqualTo(plain.shape());
      assertThat(skipped.data()).isNotEqualTo(plain.data());
    }
  }

  @Test
  void refusesToSkipLayersOfSd15() throws IOException {
    int[][] ids = new int[1][77];
    try (TextEncoder encoder = exported("sd15").openTextEncoder(0)) {
      assertThatThrownBy(() -> encoder.encode(ids, 1, Cancellation.none()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("0 to 0");
    }
  }

  @Test
  void refusesLorasAndOtherUnets() throws IOException {
    Networks networks = exported("sd15");
    assertRefused(
        ReasonCode.EXPORT_UNCHANGEABLE,
        () -> networks.fuse(List.of(new LoraWeight("my-style", 1))),
        "my-style",
        "safetensors");
    ModelSource source =
        new ModelSource(folder, Optional.of(data.resolve("other.safetensors")), Optional.empty());
    assertRefused(ReasonCode.EXPORT_UNCHANGEABLE, () -> open(source), "other.safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unet/model.onnx",
        "vae_decoder/model.onnx",
        "text_encoder/model.onnx",
        "text_encoder_2/model.onnx",
        "scheduler/scheduler_config.json"
      })
  void aMissingFileIsNamed(String missing) throws IOException {
    export("sdxl", run("sdxl", "tcd4"), false);
    Files.delete(folder.resolve(missing));
    assertRefused(
        ReasonCode.EXPORT_INCOMPLETE,
        () -> open(ModelSource.of(folder)),
        folder.toString(),
        missing);
    assertThat(ModelCatalogue.load(data).notices())
        .extracting(Phrase::code)
        .containsExactly(ReasonCode.EXPORT_INCOMPLETE);
  }

  @Test
  void missingExternalDataIsNamed() throws IOException {
    Networks networks = exported("sd15");
    Files.delete(folder.resolve("unet/model.onnx_data"));
    assertRefused(ReasonCode.MODEL_NOT_LOADED, networks::openDenoiser, "'unet'", "model.onnx_data");
  }

  @Test
  void missingVaeEncoderIsMissedWhenItIsNeeded() throws IOException {
    exported("sd15");
    Files.delete(folder.resolve("vae_encoder/model.onnx"));
    try (Vae vae = open(ModelSource.of(folder)).openVae()) {
      assertRefused(
          ReasonCode.EXPORT_INCOMPLETE,
          () -> vae.encode(Tensor.zeros(1, 3, 64, 64), Cancellation.none()),
          folder.toString(),
          "vae_encoder/model.onnx");
    }
  }

  @Test
  void otherInputsAndOutputsAreNamed() throws IOException {
    Networks networks = exported("sd15");
    Files.copy(
        folder.resolve("vae_encoder/model.onnx"),
        folder.resolve("unet/model.onnx"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        folder.resolve("vae_encoder/model.onnx_data"),
        folder.resolve("unet/model.onnx_data"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused(
        ReasonCode.EXPORT_PORTS,
        networks::openDenoiser,
        "takes sample and gives latent_parameters",
        "take encoder_hidden_states, sample, timestep and give out_sample");
  }

  @Test
  void linksOutOfTheFolderAreRefusedAndALinkedFolderIsFine() throws IOException {
    exported("sd15");
    Path elsewhere = Files.move(folder.resolve("unet"), data.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("unet"), elsewhere);
    open(ModelSource.of(folder)).openDenoiser().close();

    Path blob = Files.move(elsewhere.resolve("model.onnx_data"), data.resolve("blob"));
    Files.createSymbolicLink(elsewhere.resolve("model.onnx_data"), blob);
    assertRefused(
        ReasonCode.EXPORT_LINKED, () -> open(ModelSource.of(folder)), "unet/model.onnx_data");
  }

  @Test
  void withoutAnIndexTheFamilyIsSeenFromTheEncoders() throws IOException {
    exported("sd15");
    Files.delete(folder.resolve("model_index.json"));
    assertThat(ExportedFolder.family(folder)).isEqualTo(ModelFamily.SD15);
    ModelCatalogue catalogue = ModelCatalogue.load(data);
    assertThat(catalogue.family(catalogue.find(NAME).orElseThrow())).contains(ModelFamily.SD15);
    assertThat(ModelCatalogue.load(data).find(NAME).orElseThrow().recipes().getFirst())
        .extracting(Recipe::defaultGuidance)
        .isEqualTo(7.5);
  }

  @Test
  void sidesAreThoseThatATracedGraphTakes() throws IOException {
    exported("sd15");
    ModelVariant model = ModelCatalogue.load(data).find(NAME).orElseThrow();
    assertThat(model.sizeMultiple()).isEqualTo(64);
    assertThat(model.sizes())
        .containsExactly(new ImageSize(128, 128), new ImageSize(192, 128), new ImageSize(128, 192));
  }

  @Test
  void whereThereAreSafetensorsTooTheyAreTaken() throws IOException {
    exported("sd15");
    assertThat(ExportedFolder.isOne(folder)).isTrue();
    Files.createFile(folder.resolve("unet/diffusion_pytorch_model.safetensors"));
    assertThat(ExportedFolder.isOne(folder)).isFalse();
  }

  private static Tensor golden(String name) {
    return Optional.ofNullable(
            Reference.tensors(Reference.committed("sd15/components.safetensors")).get(name))
        .orElseThrow();
  }

  private Networks exported(String family) throws IOException {
    export(family, run(family, "ddim4_trailing_nocfg"), false);
    return open(ModelSource.of(folder));
  }

  private Networks open(ModelSource source) {
    return open(source, resources());
  }

  private static Networks open(ModelSource source, Resources resources) {
    return ExportedNetworks.open(source, resources);
  }

  private Resources resources() {
    return new Resources(OnnxSettings.cpu(), data.resolve("cache"));
  }

  private void export(String family, RecordedRun run, boolean half) throws IOException {
    Path model =
        family.equals("sdxl") ? Reference.path("tiny-sdxl") : Reference.committed("tiny-sd15");
    OptimumExport export = new OptimumExport(model, folder, half);
    export.write();
    export.writeScheduler(run);
  }

  private static RecordedRun run(String family, String name) throws IOException {
    Path folder = family.equals("sdxl") ? Reference.path("pipeline") : Reference.committed("sd15");
    return RecordedRun.all(folder).stream()
        .filter(run -> run.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private RgbImage draw(GenerationRequest request) {
    return generate(request).images().getFirst();
  }

  private GenerationResult generate(GenerationRequest request) {
    ModelCatalogue catalogue = ModelCatalogue.load(data);
    PipelineLoader loader = new PipelineLoader(catalogue::lora, resources());
    try (DiffusionGenerator generator = new DiffusionGenerator(() -> catalogue, loader)) {
      return generator.generate(request, ProgressListener.NONE, Cancellation.none());
    }
  }

  /** In grey levels. */
  private static double meanDifference(RgbImage picture, Tensor expected) {
    int plane = picture.width() * picture.height();
    double sum = 0;
    for (int i = 0; i < picture.rgb().length; i++) {
      double level = (expected.data()[i % 3 * plane + i / 3] / 2 + 0.5) * 255;
      sum += Math.abs((picture.rgb()[i] & 0xFF) - level);
    }
    return sum / picture.rgb().length;
  }

  private static void assertRefused(ReasonCode code, Runnable action, String... named) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(code))
        .message()
        .contains(named);
  }
}
