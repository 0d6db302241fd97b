package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the weights in a component's folder, by the names that diffusers and transformers give: one
 * file, or shards that an index names. Full-precision files go before {@code fp16} variants, as in
 * diffusers.
 */
final class WeightFolder {
  private static final List<String> FILES =
      List.of(
          "diffusion_pytorch_model.safetensors",
          "model.safetensors",
          "diffusion_pytorch_model.fp16.safetensors",
          "model.fp16.safetensors");

  private static final List<String> INDEXES =
      List.of(
          "diffusion_pytorch_model.safetensors.index.json",
          "model.safetensors.index.json",
          "diffusion_pytorch_model.safetensors.index.fp16.json",
          "diffusion_pytorch_model.fp16.safetensors.index.json",
          "model.safetensors.index.fp16.json",
          "model.fp16.safetensors.index.json");

  static Map<String, WeightTensor> tensors(Path folder) {
    Optional<Path> file = first(folder, FILES);
    if (file.isPresent()) {
      return SafetensorsFile.open(file.get()).tensors();
    }
    return first(folder, INDEXES).map(WeightFolder::shards).orElseThrow(() -> missing(folder));
  }

  private static Map<String, WeightTensor> shards(Path index) {
    JsonNode weightMap = ModelJson.read(index).path("weight_map");
    if (!weightMap.isObject() || weightMap.isEmpty()) {
      throw WeightFileProblem.broken(index, "it has no weight_map");
    }
    Map<String, SafetensorsFile> opened = new HashMap<>();
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : weightMap.properties()) {
      String shard = entry.getValue().asText();
      SafetensorsFile file = opened.computeIfAbsent(shard, name -> openShard(index, name));
      tensors.put(entry.getKey(), inShard(file, entry.getKey()));
    }
    return tensors;
  }

  /** A shard lies beside its index: anything else in the name could reach other files. */
  private static SafetensorsFile openShard(Path index, String name) {
    if (!name.matches("[^/\\\\:\\x00]+\\.safetensors")) {
      throw WeightFileProblem.broken(index, "it names the impossible file '" + name + "'");
    }
    return SafetensorsFile.open(index.resolveSibling(name));
  }

  private static WeightTensor inShard(SafetensorsFile shard, String name) {
    return shard
        .find(name)
        .orElseThrow(() -> new Refusal(ReasonCode.TENSOR_MISSING, name, shard.path()));
  }

  private static Optional<Path> first(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::exists).findFirst();
  }

  private static Refusal missing(Path folder) {
    String expected = FILES.get(0) + ", " + FILES.get(1);
    if (!Files.isDirectory(folder)) {
      return new Refusal(ReasonCode.FOLDER_MISSING, folder, expected);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".bin") || name.endsWith(".ckpt") || name.endsWith(".pt"))
          .findFirst()
          .map(pickle -> new Refusal(ReasonCode.WEIGHTS_PICKLED, folder, pickle))
          .orElseGet(() -> new Refusal(ReasonCode.WEIGHTS_NOT_FOUND, folder, expected));
    } catch (IOException e) {
      throw WeightFileProblem.unreadable(folder, e);
    }
  }

  private WeightFolder() {}
}
