package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Model parts for tests: those of the reference model, and changed copies of them. */
public final class Components {
  /** A part of the reference folder's tiny model. */
  public static Component tiny(String part) {
    return Component.open(part, Reference.path("tiny-sdxl/" + part));
  }

  /** The values of all weights. */
  public static Map<String, Tensor> values(Component component) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    Weights weights = component.weights();
    weights.names().forEach(name -> values.put(name, weights.get(name).read()));
    return values;
  }

  /** The same part with these values, all of one type, as its weights. */
  public static Component write(
      Component like, Path folder, DType dtype, Map<String, Tensor> values) throws IOException {
    Path file = SafetensorsWriter.write(folder.resolve(dtype + ".safetensors"), dtype, values);
    String name = like.weights().component();
    return like.withWeights(Weights.of(name, SafetensorsFile.open(file)));
  }

  /** The same part with one weight changed in its file, which then has 32-bit floats. */
  public static Component stored(Component like, Path folder, String name, Tensor value)
      throws IOException {
    Map<String, Tensor> values = values(like);
    values.put(name, value);
    return write(like, folder, DType.F32, values);
  }

  /** The same part with one weight taken from another file, of 32-bit floats. */
  public static Component replaced(Component like, Path folder, String name, Tensor value)
      throws IOException {
    Path file = folder.resolve("elsewhere").resolve("one.safetensors");
    Files.createDirectories(file.getParent());
    SafetensorsWriter.write(file, DType.F32, Map.of(name, value));
    return like.withWeights(like.weights().withTensors(SafetensorsFile.open(file).tensors()));
  }

  /** The values of those weights that lie in the cache, by name. */
  static Map<String, Tensor> fused(Weights weights, Path cache) throws IOException {
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (String name : weights.names()) {
      WeightTensor tensor = weights.get(name);
      if (tensor.file().startsWith(cache.toRealPath())) {
        values.put(name, tensor.read());
      }
    }
    return values;
  }

  public static Tensor scaled(Tensor tensor, float factor) {
    Tensor scaled = Tensor.zeros(tensor.shape());
    for (int i = 0; i < tensor.data().length; i++) {
      scaled.data()[i] = factor * tensor.data()[i];
    }
    return scaled;
  }

  /** The same part with another value in its configuration, as JSON. */
  public static Component configured(Component like, String key, String json) throws IOException {
    ObjectNode config = like.config().json().deepCopy();
    config.set(key, json(json));
    return new Component(new ModelConfig(like.config().file(), config), like.weights());
  }

  public static JsonNode json(String text) throws IOException {
    return new JsonMapper().readTree(text.replace('\'', '"'));
  }

  private Components() {}
}
