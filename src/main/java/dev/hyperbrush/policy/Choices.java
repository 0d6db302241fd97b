package dev.hyperbrush.policy;

import dev.hyperbrush.checkpoint.LoraBase;
import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.pipeline.CataloguePreset;
import dev.hyperbrush.pipeline.InstalledLora;
import dev.hyperbrush.pipeline.Licence;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.scheduler.Schedulers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What there is to choose from, and how a typed name finds it. Each question is answered as things
 * are at that moment; {@link #now} is for questions that belong together. Thread-safe.
 */
public final class Choices {
  private final Supplier<Stock> stock;
  private final Function<ModelVariant, Optional<Path>> styles;

  /**
   * What there was at a moment. Immutable.
   *
   * @param models installed ones
   * @param defaultModel for people who name none
   * @param loras those in the library
   * @param families which family a model is of, where that can be told
   * @param licences of the files of a model, where they are known
   * @param presets of the catalogue that can be used
   * @param problems with what is there and cannot be used
   */
  private record Stock(
      List<ModelVariant> models,
      ModelVariant defaultModel,
      List<InstalledLora> loras,
      Function<ModelVariant, Optional<ModelFamily>> families,
      Function<ModelVariant, List<Licence>> licences,
      List<CataloguePreset> presets,
      List<Phrase> problems) {
    Stock {
      models = List.copyOf(models);
      loras = List.copyOf(loras);
      presets = List.copyOf(presets);
      problems = List.copyOf(problems);
    }
  }

  private Choices(Supplier<Stock> stock, Function<ModelVariant, Optional<Path>> styles) {
    this.stock = stock;
    this.styles = styles;
  }

  /** These and no others. */
  public Choices(List<ModelVariant> models, ModelVariant defaultModel, List<String> loras) {
    this(models, defaultModel, loras, _ -> Optional.empty());
  }

  /** As the shorter one, with pictures of styles. */
  public Choices(
      List<ModelVariant> models,
      ModelVariant defaultModel,
      List<String> loras,
      Function<ModelVariant, Optional<Path>> styles) {
    List<InstalledLora> library = loras.stream().map(InstalledLora::named).toList();
    Stock fixed =
        new Stock(
            models,
            defaultModel,
            library,
            _ -> Optional.empty(),
            _ -> List.of(),
            List.of(),
            List.of());
    this.stock = () -> fixed;
    this.styles = styles;
  }

  /** What is installed at any time. */
  public static Choices of(Supplier<ModelCatalogue> installed) {
    return of(installed, _ -> Optional.empty());
  }

  /**
   * What is installed at any time.
   *
   * @param styles a picture of what a model draws like, where there is one
   */
  public static Choices of(
      Supplier<ModelCatalogue> installed, Function<ModelVariant, Optional<Path>> styles) {
    return new Choices(() -> stock(installed.get()), styles);
  }

  private static Stock stock(ModelCatalogue catalogue) {
    return new Stock(
        catalogue.all(),
        catalogue.defaultModel(),
        catalogue.loras(),
        catalogue::family,
        catalogue::licences,
        catalogue.presets(),
        catalogue.notices());
  }

  /** The same as they are now, and stay. */
  public Choices now() {
    Stock fixed = stock.get();
    return new Choices(() -> fixed, styles);
  }

  public List<ModelVariant> models() {
    return stock.get().models();
  }

  public ModelVariant defaultModel() {
    return stock.get().defaultModel();
  }

  public List<String> loras() {
    return library().stream().map(InstalledLora::name).toList();
  }

  /** The LoRAs with what is known of them, by name. */
  public List<InstalledLora> library() {
    return stock.get().loras();
  }

  /** Those of the catalogue, for everybody. */
  public List<CataloguePreset> presets() {
    return stock.get().presets();
  }

  /** For people who name no weight; 1 of a LoRA that is not there. */
  public double usualWeight(String lora) {
    try {
      String name = lora(lora);
      return library().stream()
          .filter(known -> known.name().equals(name))
          .flatMapToDouble(known -> known.usualWeight().stream())
          .findFirst()
          .orElse(1);
    } catch (Refusal unknown) {
      return 1;
    }
  }

  /** What a LoRA is for, when that is known to be something else than the model. */
  public Optional<LoraBase> misfit(InstalledLora lora, ModelVariant model) {
    return lora.facts()
        .base()
        .filter(base -> family(model).map(family -> !base.fits(family)).orElse(false));
  }

  /**
   * Refuses a LoRA that is for another kind of model.
   *
   * @param name as the library has it
   */
  void requireFit(String name, ModelVariant model) {
    library().stream()
        .filter(lora -> lora.name().equals(name))
        .forEach(lora ->
            misfit(lora, model)
                .ifPresent(base -> {
                  throw new Refusal(
                      ReasonCode.LORA_OTHER_BASE,
                      name,
                      base.title(),
                      model.id(),
                      family(model).map(ModelFamily::title).orElse("–"));
                }));
  }

  /** For whoever runs the program: what is there and cannot be used, and why. */
  public List<Phrase> problems() {
    return stock.get().problems();
  }

  /** Which family a model is of, where that can be told. */
  public Optional<ModelFamily> family(ModelVariant model) {
    return stock.get().families().apply(model);
  }

  /** A picture of what a model draws like, a JPEG, where there is one. */
  public Optional<Path> style(ModelVariant model) {
    return styles.apply(model);
  }

  /** Of the files that a model is made of, where they are known. */
  public List<Licence> licences(ModelVariant model) {
    return stock.get().licences().apply(model);
  }

  public List<String> modelIds() {
    return models().stream().map(ModelVariant::id).toList();
  }

  /** The model of this id, letter case aside. */
  public ModelVariant model(String name) {
    return models().stream()
        .filter(model -> model.id().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> unknown(ReasonCode.MODEL_UNKNOWN, name, modelIds()));
  }

  /**
   * The name of a LoRA as the library has it: exactly, or else letter case aside, or else the only
   * one that begins like this.
   */
  public String lora(String name) {
    List<String> loras = loras();
    if (loras.contains(name)) {
      return name;
    }
    return loras.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .or(() -> onlyBeginning(name, loras))
        .orElseThrow(() -> unknown(ReasonCode.LORA_UNKNOWN, name, loras));
  }

  private static Optional<String> onlyBeginning(String name, List<String> loras) {
    List<String> found =
        loras.stream().filter(lora -> lora.regionMatches(true, 0, name, 0, name.length())).toList();
    return found.size() == 1 && !name.isEmpty() ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** Canonical names. */
  public List<String> schedulers() {
    return Schedulers.names();
  }

  /** The canonical name of a scheduler, by any of its names. */
  public String scheduler(String name) {
    return Schedulers.canonicalName(name)
        .orElseThrow(() -> unknown(ReasonCode.SCHEDULER_UNKNOWN, name, schedulers()));
  }

  private static Refusal unknown(ReasonCode code, String name, List<String> known) {
    return new Refusal(code, Shown.brief(name), Nearest.first(name, known));
  }
}
