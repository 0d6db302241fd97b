package dev.hyperbrush.policy;

import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.scheduler.Schedulers;
import java.util.List;
import java.util.Optional;

/**
 * What there is to choose from, and how a typed name finds it. Immutable.
 *
 * @param models installed ones
 * @param defaultModel for people who name none
 * @param loras names of those in the library
 */
public record Choices(List<ModelVariant> models, ModelVariant defaultModel, List<String> loras) {
  public Choices {
    models = List.copyOf(models);
    loras = List.copyOf(loras);
  }

  /** What is installed. */
  public static Choices of(ModelCatalogue catalogue) {
    return new Choices(catalogue.all(), catalogue.defaultModel(), catalogue.loraNames());
  }

  public List<String> modelIds() {
    return models.stream().map(ModelVariant::id).toList();
  }

  /** The model of this id, letter case aside. */
  public ModelVariant model(String name) {
    return models.stream()
        .filter(model -> model.id().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> unknown(ReasonCode.MODEL_UNKNOWN, name, modelIds()));
  }

  /**
   * The name of a LoRA as the library has it: exactly, or else letter case aside, or else the only
   * one that begins like this.
   */
  public String lora(String name) {
    if (loras.contains(name)) {
      return name;
    }
    return loras.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .or(() -> onlyLoraBeginning(name))
        .orElseThrow(() -> unknown(ReasonCode.LORA_UNKNOWN, name, loras));
  }

  private Optional<String> onlyLoraBeginning(String name) {
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
