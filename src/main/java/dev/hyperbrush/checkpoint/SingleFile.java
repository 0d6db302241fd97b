package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.checkpoint.ModelFiles.TextEncoderFiles;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layout in which models are passed around: one file that holds everything, under the names of
 * the code that it was trained with. It has no configuration: sizes are seen from shapes, the rest
 * is as published, unless a folder of configuration files describes the file.
 *
 * <p>Immutable.
 */
final class SingleFile {
  /** Encoder 2 of SDXL, alone among all, pads with the token 0. */
  private static final Optional<String> SECOND_PADDING = Optional.of("!");

  /** What is expected of a model's file, in all languages. */
  private static final String ANY_MODEL = "SDXL / SD 1.5";

  private final ModelSource source;
  private final SafetensorsFile file;
  private final ModelFamily family;

  private SingleFile(ModelSource source, SafetensorsFile file, ModelFamily family) {
    this.source = source;
    this.file = file;
    this.family = family;
  }

  /** Reads the header and configurations, no weights. */
  static ModelFiles open(ModelSource source) {
    SafetensorsFile file = SafetensorsFile.open(source.main());
    ModelFamily family = family(source.main(), CheckpointKind.of(file));
    return new SingleFile(source, file, family).files();
  }

  /** The family of what must be a whole model. */
  static ModelFamily family(Path main, CheckpointKind kind) {
    return kind.family()
        .filter(family -> kind.use() == CheckpointKind.Use.MODEL)
        .orElseThrow(() -> WrongKind.of(main, kind, ANY_MODEL));
  }

  private ModelFiles files() {
    List<TextEncoderFiles> encoders =
        family == ModelFamily.SDXL
            ? List.of(
                encoder("", FileParts.firstEncoder(file), Optional.empty()),
                encoder("_2", FileParts.secondEncoder(file), SECOND_PADDING))
            : List.of(encoder("", FileParts.onlyEncoder(file), Optional.empty()));
    return new ModelFiles(
        source.main(),
        family,
        unet(encoders.getLast().component()),
        vae(),
        encoders,
        scheduler(),
        forceZeros());
  }

  private Component unet(Component lastEncoder) {
    Weights weights = Weights.of("unet", file.path(), FileParts.unet(file));
    long pooled = lastEncoder.config().json().path("projection_dim").asLong(0);
    return new Component(
        given("unet/config.json")
            .orElseGet(() -> new UnetShape(family, file.path(), weights).config(pooled)),
        weights);
  }

  /** The own one is not looked for when another takes its place. */
  private Component vae() {
    if (source.vae().isPresent()) {
      return Replacement.vae(source.vae().get(), family, given("vae/config.json"));
    }
    Map<String, WeightTensor> tensors = FileParts.vae(file);
    if (tensors.isEmpty()) {
      throw new Refusal(ReasonCode.MODEL_WITHOUT_VAE, source.main());
    }
    Weights weights = Weights.of("vae", file.path(), tensors);
    return new Component(
        given("vae/config.json").orElseGet(() -> VaeShape.config(family, file.path(), weights)),
        weights);
  }

  private TextEncoderFiles encoder(
      String number, Map<String, WeightTensor> tensors, Optional<String> padding) {
    String name = "text_encoder" + number;
    if (tensors.isEmpty()) {
      throw new Refusal(ReasonCode.MODEL_WITHOUT_TEXT_ENCODER, source.main(), name);
    }
    Weights weights = Weights.of(name, file.path(), tensors);
    ModelConfig config =
        given(name + "/config.json")
            .orElseGet(() -> ClipShape.config(family, file.path(), weights));
    Component component = new Component(config, weights);
    Path tokenizer = new Vocabularies(source).folderFor("tokenizer" + number, component);
    return new TextEncoderFiles(component, tokenizer, padding);
  }

  private ModelConfig scheduler() {
    Optional<ModelConfig> given = given("scheduler/scheduler_config.json");
    ObjectNode json =
        given.isPresent() ? given.get().json().deepCopy() : PublishedConfig.of(family, "scheduler");
    Prediction.putAll(file, json);
    return new ModelConfig(given.map(ModelConfig::file).orElse(file.path()), json);
  }

  private boolean forceZeros() {
    boolean published = family == ModelFamily.SDXL;
    return given("model_index.json")
        .map(index -> index.flag("force_zeros_for_empty_prompt", published))
        .orElse(published);
  }

  private Optional<ModelConfig> given(String name) {
    return source.config().map(folder -> ModelConfig.read(folder.resolve(name)));
  }
}
