package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.LoraKey.Part;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An opened LoRA file: changes of a model's layers, by the names that the file gives to layers.
 * Names and shapes were read, values are read when it is fused.
 *
 * <p>Immutable.
 */
public final class LoraFile {
  private final Path path;
  private final FileState state;
  private final List<LoraModule> modules;
  private final Leftovers leftovers;

  /**
   * What is in the file beside whole changes.
   *
   * @param keys tensors that are no part of a change
   * @param halves layers of which only a part is there
   * @param embeddings textual inversions that trainers pack beside a LoRA
   */
  record Leftovers(List<String> keys, List<String> halves, List<String> embeddings) {
    private static final String EMBEDDING = "bundle_emb.";

    Leftovers {
      keys = List.copyOf(keys);
      halves = List.copyOf(halves);
      embeddings = List.copyOf(embeddings);
    }

    static Leftovers of(List<String> others, List<String> halves) {
      List<String> keys = others.stream().filter(key -> !key.startsWith(EMBEDDING)).toList();
      List<String> embeddings =
          others.stream()
              .filter(key -> key.startsWith(EMBEDDING))
              .map(key -> key.split("\\.", -1)[1])
              .distinct()
              .toList();
      return new Leftovers(keys, halves, embeddings);
    }
  }

  private LoraFile(Path path, FileState state, List<LoraModule> modules, Leftovers leftovers) {
    this.path = path;
    this.state = state;
    this.modules = List.copyOf(modules);
    this.leftovers = leftovers;
  }

  /**
   * Opens a file.
   *
   * @throws Refusal where there is nothing in it that can be fused
   */
  public static LoraFile open(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    Map<String, Map<Part, WeightTensor>> byModule = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    for (WeightTensor tensor : file.tensors().values()) {
      LoraKey.parse(tensor.name())
          .ifPresentOrElse(
              key ->
                  byModule
                      .computeIfAbsent(key.module(), name -> new EnumMap<>(Part.class))
                      .put(key.part(), tensor),
              () -> others.add(tensor.name()));
    }
    PeftAlphas peftAlphas = PeftAlphas.of(file);
    List<LoraModule> modules = new ArrayList<>();
    List<String> halves = new ArrayList<>();
    byModule.forEach((name, parts) -> {
      List<LoraModule> whole = new LoraModules(name, parts, peftAlphas).all();
      modules.addAll(whole);
      if (whole.isEmpty()) {
        halves.add(name);
      }
    });
    requireAny(file, modules, halves);
    return new LoraFile(
        file.path(), FileState.of(file.path()), modules, Leftovers.of(others, halves));
  }

  private static void requireAny(
      SafetensorsFile file, List<LoraModule> modules, List<String> halves) {
    if (modules.isEmpty() && !halves.isEmpty()) {
      throw new Refusal(ReasonCode.LORA_HALVES_ONLY, file.path(), halves.size(), halves.getFirst());
    }
    if (modules.isEmpty()) {
      throw empty(file.path(), CheckpointKind.of(file));
    }
  }

  /** A file that is clearly something else is named as that. */
  private static Refusal empty(Path path, CheckpointKind kind) {
    return kind == CheckpointKind.LORA || kind == CheckpointKind.UNKNOWN
        ? new Refusal(ReasonCode.LORA_EMPTY, path)
        : WrongKind.of(path, kind, CheckpointKind.LORA.title());
  }

  /** The real path, no link. */
  public Path path() {
    return path;
  }

  /** What kind of model it was made for, where its layers tell. */
  public Optional<LoraBase> base() {
    return LoraBase.of(modules);
  }

  /** Another state means other values. */
  FileState state() {
    return state;
  }

  List<LoraModule> modules() {
    return modules;
  }

  Leftovers leftovers() {
    return leftovers;
  }
}
