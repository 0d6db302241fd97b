package dev.hyperbrush.synthetic;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperbrush.checkpoint.ModelConfig;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * An SDXL model of random numbers in half precision, with the names, shapes and configurations of a
 * real one: what it draws is noise, what it costs is real.
 *
 * <p>Immutable.
 */
public final class SyntheticModel {
  /** How the files are arranged. */
  public enum Layout {
    /** As diffusers does: a folder for each network. */
    FOLDER,
    /** One file with the names of the original code. */
    SINGLE
  }

  private static final String PACKED = "/dev/hyperbrush/synthetic/sdxl/";
  private static final String CONFIG = "/config.json";
  private static final long MB = 1 << 20;

  /** Of everything but weights, and for the file system. */
  private static final long OTHER_BYTES = 16 * MB;

  private static final List<String> SETTINGS =
      List.of(
          "scheduler/scheduler_config.json",
          "tokenizer/tokenizer_config.json",
          "tokenizer/special_tokens_map.json",
          "tokenizer_2/tokenizer_config.json",
          "tokenizer_2/special_tokens_map.json",
          "model_index.json");

  private static final Map<String, String> WEIGHTS =
      Map.of(
          "unet", "diffusion_pytorch_model.fp16.safetensors",
          "vae", "diffusion_pytorch_model.fp16.safetensors",
          "text_encoder", "model.fp16.safetensors",
          "text_encoder_2", "model.fp16.safetensors");

  /** Reads a file of the model that this one is like. */
  private interface Template {
    byte[] read(String name) throws IOException;
  }

  private final Template template;
  private final Optional<Path> tokenizer;
  private final Map<String, TensorSheet> networks = new LinkedHashMap<>();

  private SyntheticModel(Template template, Optional<Path> tokenizer) throws IOException {
    this.template = template;
    this.tokenizer = tokenizer;
    networks.put("unet", UnetTensors.of(config("unet")));
    networks.put("text_encoder", ClipTensors.first(config("text_encoder")));
    networks.put("text_encoder_2", ClipTensors.second(config("text_encoder_2")));
    networks.put("vae", VaeTensors.of(config("vae")));
  }

  /** Of SDXL's full size. */
  public static SyntheticModel sdxl() throws IOException {
    return new SyntheticModel(SyntheticModel::packed, Optional.empty());
  }

  /** Of the size of a model in diffusers' layout, and with its vocabulary. */
  public static SyntheticModel like(Path folder) throws IOException {
    Path tokenizer = folder.resolve("tokenizer");
    return new SyntheticModel(
        name -> Files.readAllBytes(folder.resolve(name)),
        Optional.of(tokenizer).filter(words -> Files.exists(words.resolve("vocab.json"))));
  }

  private static byte[] packed(String name) throws IOException {
    try (InputStream in = SyntheticModel.class.getResourceAsStream(PACKED + name)) {
      if (in == null) {
        throw new IllegalStateException("the program was packed without " + PACKED + name);
      }
      return in.readAllBytes();
    }
  }

  private ModelConfig config(String network) throws IOException {
    String name = network + CONFIG;
    return new ModelConfig(Path.of(name), new JsonMapper().readTree(template.read(name)));
  }

  /** How many numbers a network has, such as {@code unet}. */
  public long parameters(String network) {
    TensorSheet sheet = networks.get(network);
    if (sheet == null) {
      throw new IllegalArgumentException("no network " + network);
    }
    return sheet.folder().stream()
        .flatMap(tensor -> tensor.slots().stream())
        .mapToLong(Slot::elements)
        .sum();
  }

  /** Of all weights together. */
  public long bytes(Layout layout) {
    return networks.values().stream()
        .flatMap(sheet -> (layout == Layout.FOLDER ? sheet.folder() : sheet.single()).stream())
        .mapToLong(Stored::bytes)
        .sum();
  }

  /**
   * Writes the model; the same seed gives the same one in both layouts.
   *
   * @param out a folder that is not there yet, or a file ending in {@code .safetensors}
   * @param vocabulary a folder with a vocabulary to copy; one is made up where there is none
   * @param written told of bytes as they are written
   * @throws Refusal when there is something already, or too little room
   */
  public void write(
      Path out, Layout layout, Optional<Path> vocabulary, long seed, LongConsumer written)
      throws IOException {
    if (Files.exists(out)) {
      throw new Refusal(ReasonCode.OUTPUT_EXISTS, out);
    }
    requireRoom(out, bytes(layout) + OTHER_BYTES);
    WeightsWriter writer = new WeightsWriter(new RandomNumbers(seed), written);
    if (layout == Layout.SINGLE) {
      List<Stored> all =
          networks.values().stream().flatMap(sheet -> sheet.single().stream()).toList();
      writer.write(out.toAbsolutePath(), all);
      return;
    }
    for (Map.Entry<String, TensorSheet> network : networks.entrySet()) {
      Path folder = out.resolve(network.getKey());
      writer.write(folder.resolve(WEIGHTS.get(network.getKey())), network.getValue().folder());
      copy(network.getKey() + CONFIG, out);
    }
    writeVocabulary(out.resolve("tokenizer"), vocabulary.or(() -> tokenizer));
    writeVocabulary(out.resolve("tokenizer_2"), vocabulary.or(() -> tokenizer));
    for (String name : SETTINGS) {
      copy(name, out); // last: a folder without model_index.json is no model
    }
  }

  /** Of a LoRA for its UNet. */
  public long loraBytes(int rank) {
    return lora(rank).stream().mapToLong(Stored::bytes).sum();
  }

  /**
   * Writes a LoRA for its UNet, of all linear layers and convolutions.
   *
   * @param out a file ending in {@code .safetensors} that is not there yet
   * @param written told of bytes as they are written
   * @throws Refusal when there is something already, or too little room
   */
  public void writeLora(Path out, int rank, long seed, LongConsumer written) throws IOException {
    if (Files.exists(out)) {
      throw new Refusal(ReasonCode.OUTPUT_EXISTS, out);
    }
    requireRoom(out, loraBytes(rank) + OTHER_BYTES);
    new WeightsWriter(new RandomNumbers(seed), written).write(out.toAbsolutePath(), lora(rank));
  }

  private List<Stored> lora(int rank) {
    return SyntheticLora.tensors(Objects.requireNonNull(networks.get("unet")), rank);
  }

  private void copy(String name, Path out) throws IOException {
    Path file = out.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, template.read(name));
  }

  private void writeVocabulary(Path folder, Optional<Path> from) throws IOException {
    if (from.isEmpty()) {
      int symbols = config("text_encoder").integer("vocab_size", 1, 1 << 20);
      new MadeUpVocabulary(symbols).write(folder);
      return;
    }
    Files.createDirectories(folder);
    for (String name : List.of("vocab.json", "merges.txt")) {
      Files.copy(from.get().resolve(name), folder.resolve(name));
    }
  }

  private static void requireRoom(Path out, long bytes) throws IOException {
    Path existing = out.toAbsolutePath();
    while (existing.getParent() != null && Files.notExists(existing)) {
      existing = existing.getParent();
    }
    FileStore store = Files.getFileStore(existing);
    if (store.getUsableSpace() < bytes) {
      throw new Refusal(ReasonCode.OUTPUT_NO_ROOM, out, bytes / MB, store.getUsableSpace() / MB);
    }
  }
}
