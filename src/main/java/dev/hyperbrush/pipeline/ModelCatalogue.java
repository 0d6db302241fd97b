package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.ExportedFolder;
import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models and LoRAs that are installed, as found when it was loaded; names without regard to
 * letter case. Immutable.
 */
public final class ModelCatalogue {
  /** The model that comes with the program. */
  public static final String BUILTIN = "tiny";

  private final NavigableMap<String, ModelVariant> models;
  private final List<ModelVariant> all;
  private final NavigableMap<String, InstalledLora> loras;
  private final Described described;
  private final List<String> loraNames;
  private final Map<String, Optional<ModelFamily>> families = new ConcurrentHashMap<>();
  private final List<Phrase> notices;
  private final ModelVariant defaultModel;

  /** What {@code models.yaml} describes: models, files and presets by their names. */
  record Described(
      NavigableMap<String, DescribedModel> models,
      Map<String, CatalogueFile> files,
      Map<String, CataloguePreset> presets) {}

  ModelCatalogue(
      NavigableMap<String, ModelVariant> models,
      NavigableMap<String, InstalledLora> loras,
      Described described,
      List<Phrase> notices,
      String defaultModel) {
    this.models = models;
    this.all = List.copyOf(models.values());
    this.loras = loras;
    this.described = described;
    this.loraNames = List.copyOf(loras.keySet());
    this.notices = List.copyOf(notices);
    this.defaultModel = find(defaultModel).orElseThrow(() -> noDefault(defaultModel));
  }

  private Refusal noDefault(String id) {
    return described(id)
        .map(known -> new Refusal(ReasonCode.MODEL_NOT_INSTALLED, known.id()))
        .orElseGet(() -> unknownModel(id));
  }

  /** The same for people who get another model when they name none. */
  ModelCatalogue withDefault(ModelVariant model) {
    return new ModelCatalogue(models, loras, described, notices, model.id());
  }

  /** The same with something more to know about it. */
  ModelCatalogue with(Phrase notice) {
    List<Phrase> more = new ArrayList<>(notices);
    more.add(notice);
    return new ModelCatalogue(models, loras, described, more, defaultModel.id());
  }

  /** With the packed {@code models.yaml}, and the built-in model as the default. */
  public static ModelCatalogue load(Path data) {
    return load(data, Optional.empty(), BUILTIN);
  }

  /**
   * Looks around in the data folder, after unpacking the built-in model where that has not
   * happened.
   *
   * @param modelsFile the operator's {@code models.yaml}, whose entries win over the packed ones
   * @param defaultModel for people who name none
   * @throws Refusal when the file is wrong, the data folder cannot be written, or there is no such
   *     default
   */
  public static ModelCatalogue load(Path data, Optional<Path> modelsFile, String defaultModel) {
    return new InstalledModels(data, any -> true, new LoraLibrary(data))
        .find(modelsFile, defaultModel);
  }

  /** All models, by name. */
  public List<ModelVariant> all() {
    return all;
  }

  public Optional<ModelVariant> find(String id) {
    return Optional.ofNullable(models.get(id.strip()));
  }

  /** What {@code models.yaml} describes, installed or not, by name. */
  public List<DescribedModel> described() {
    return List.copyOf(described.models().values());
  }

  public Optional<DescribedModel> described(String id) {
    return Optional.ofNullable(described.models().get(id.strip()));
  }

  /** What can be downloaded, in the order of {@code models.yaml}. */
  public List<CatalogueFile> files() {
    return List.copyOf(described.files().values());
  }

  /** The presets of {@code models.yaml}, in its order, whether or not they can be used now. */
  public List<CataloguePreset> describedPresets() {
    return List.copyOf(described.presets().values());
  }

  /** Those whose model and LoRAs are installed. */
  public List<CataloguePreset> presets() {
    return described.presets().values().stream()
        .filter(preset -> preset.model().map(models::containsKey).orElse(true))
        .filter(preset -> preset.loras().stream().allMatch(one -> loras.containsKey(one.name())))
        .toList();
  }

  /**
   * A model that was there when it was asked for.
   *
   * @throws Refusal naming the nearest when it was removed since
   */
  ModelVariant stillThere(String id) {
    return find(id).orElseThrow(() -> unknown(ReasonCode.MODEL_GONE, id, nearestFirst()));
  }

  /**
   * Passes when a LoRA that was there when it was asked for is so still.
   *
   * @throws Refusal naming the nearest when it was removed since
   */
  void requireStillThere(String lora) {
    if (!loras.containsKey(lora)) {
      throw unknown(ReasonCode.LORA_GONE, lora, loras.keySet());
    }
  }

  /** The default model, then the others. */
  private List<String> nearestFirst() {
    List<String> ids = new ArrayList<>(models.keySet());
    ids.remove(defaultModel.id());
    ids.addFirst(defaultModel.id());
    return ids;
  }

  /** For who asked for a model that is not there: what may have been meant, and what there is. */
  public Refusal unknownModel(String id) {
    return unknown(ReasonCode.MODEL_UNKNOWN, id, models.keySet());
  }

  public ModelVariant defaultModel() {
    return defaultModel;
  }

  public List<InstalledLora> loras() {
    return List.copyOf(loras.values());
  }

  /** Whether a file or folder is that of something installed, or part of it. */
  boolean uses(Path path) {
    return loras.values().stream().anyMatch(lora -> lora.file().equals(path))
        || all.stream()
            .map(ModelVariant::source)
            .anyMatch(source -> source.main().equals(path) || source.files().contains(path))
        || described().stream()
            .filter(DescribedModel::installed)
            .flatMap(model -> model.needs().stream())
            .flatMap(file -> file.parts().stream())
            .anyMatch(part -> path.endsWith(part.to()));
  }

  /** Of the files that a model is made of; none is known of one that nobody has described. */
  public List<Licence> licences(ModelVariant model) {
    return described(model.id()).stream()
        .flatMap(known -> known.needs().stream())
        .flatMap(file -> file.licence().stream())
        .distinct()
        .toList();
  }

  /**
   * Which family a model is of; empty when its files cannot be read. Reads headers the first time.
   */
  public Optional<ModelFamily> family(ModelVariant model) {
    return families.computeIfAbsent(model.id(), _ -> readFamily(model));
  }

  private static Optional<ModelFamily> readFamily(ModelVariant model) {
    try {
      ModelSource source = model.source();
      return Optional.of(
          ExportedFolder.isOne(source.main())
              ? ExportedFolder.family(source.main())
              : source.open().family());
    } catch (Refusal broken) {
      return Optional.empty();
    }
  }

  public List<String> loraNames() {
    return loraNames;
  }

  /**
   * The file of a LoRA.
   *
   * @throws Refusal when there is none of that name
   */
  public Path lora(String name) {
    return Optional.ofNullable(loras.get(name))
        .map(InstalledLora::file)
        .orElseThrow(() -> unknown(ReasonCode.LORA_UNKNOWN, name, loras.keySet()));
  }

  /** What was left out while looking around, and why. */
  public List<Phrase> notices() {
    return notices;
  }

  private static Refusal unknown(ReasonCode code, String name, Collection<String> known) {
    return new Refusal(code, name, Nearest.first(name, known));
  }
}
