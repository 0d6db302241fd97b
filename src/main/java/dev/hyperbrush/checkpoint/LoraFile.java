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

/**
 * An opened LoRA file: low-rank changes of a model's layers, by the names that the file gives to
 * layers. Names and shapes were read, values are read when it is fused.
 *
 * <p>Immutable.
 */
public final class LoraFile {
  private final Path path;
  private final FileState state;
  private final List<LoraModule> modules;
  private final List<String> otherKeys;

  private LoraFile(Path path, FileState state, List<LoraModule> modules, List<String> otherKeys) {
    this.path = path;
    this.state = state;
    this.modules = List.copyOf(modules);
    this.otherKeys = List.copyOf(otherKeys);
  }

  public static LoraFile open(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    Map<String, Map<Part, WeightTensor>> byModule = new LinkedHashMap<>();
    List<String> otherKeys = new ArrayList<>();
    for (WeightTensor tensor : file.tensors().values()) {
      LoraKey.parse(tensor.name())
          .ifPresentOrElse(
              key ->
                  byModule
                      .computeIfAbsent(key.module(), name -> new EnumMap<>(Part.class))
                      .put(key.part(), tensor),
              () -> otherKeys.add(tensor.name()));
    }
    PeftAlphas peftAlphas = PeftAlphas.of(file);
    List<LoraModule> modules = new ArrayList<>();
    byModule.forEach((name, parts) ->
        LoraModule.of(name, parts, peftAlphas)
            .ifPresentOrElse(
                modules::add, () -> parts.values().forEach(part -> otherKeys.add(part.name()))));
    if (modules.isEmpty()) {
      throw new Refusal(ReasonCode.LORA_EMPTY, path);
    }
    return new LoraFile(file.path(), FileState.of(file.path()), modules, otherKeys);
  }

  /** The real path, no link. */
  public Path path() {
    return path;
  }

  /** Another state means other values. */
  FileState state() {
    return state;
  }

  List<LoraModule> modules() {
    return modules;
  }

  /** Names of tensors that are no complete part of any layer. */
  List<String> otherKeys() {
    return otherKeys;
  }
}
