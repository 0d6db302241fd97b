package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.LoraFusion.Change;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every LoRA file of the reference folder, in each of the namings. */
@Tag("golden")
final class LoraReferenceTest {
  /** Relative to the largest weight of a module. */
  private static final double TOLERANCE = 1e-6;

  @TempDir Path cache;

  /** How each component is called in the golden list, in our weights, and in kohya's names. */
  private enum Part {
    UNET("unet", "unet", "lora_unet_"),
    TE1("te1", "text_encoder", "lora_te1_"),
    TE2("te2", "text_encoder_2", "lora_te2_");

    private final String golden;
    private final String component;
    private final String kohya;

    Part(String golden, String component, String kohya) {
      this.golden = golden;
      this.component = component;
      this.kohya = kohya;
    }

    static Part of(JsonNode module) {
      return Stream.of(values())
          .filter(part -> part.golden.equals(module.path("component").asText()))
          .findFirst()
          .orElseThrow();
    }
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Reference.path("lora"))) {
      return files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .filter(file -> !file.toString().contains("goldens"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void fusesExactlyTheListedModules(Path path) throws IOException {
    List<Weights> bases = DiffusersFolder.open(Reference.path("tiny-sdxl")).adaptable();
    LoraFusion fusion = new LoraFusion(bases, new FusedCache(cache, FusionSettings.standard()));
    Change change = fusion.fuse(List.of(new AppliedLora(LoraFile.open(path), 0.6)));
    assertThat(change.reports().getFirst().unknownKeys()).isEmpty();

    SafetensorsFile file = SafetensorsFile.open(path);
    Map<String, Tensor> touched = new HashMap<>();
    for (Part part : Part.values()) {
      Components.fused(fusion.weights(part.component), cache)
          .forEach((name, value) -> touched.put(part.component + ":" + name, value));
    }
    for (JsonNode module : Reference.json("lora/lora_goldens.json").path("modules")) {
      Part part = Part.of(module);
      String name = module.path("module").asText() + ".weight";
      Tensor base = weights(bases, part).get(name).read();
      Tensor actual = touched.remove(part.component + ":" + name);
      assertThat(actual).as(name).isNotNull();
      assertClose(actual, expected(base, file, part, module), name);
    }
    assertThat(touched).as("weights that no module is listed for").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void damagedFilesAreRefusedOrFusedButNeverCrash(Path path, @TempDir Path temp)
      throws IOException {
    LoraFusion fusion =
        new LoraFusion(
            DiffusersFolder.open(Reference.path("tiny-sdxl")).adaptable(),
            new FusedCache(cache, FusionSettings.standard()));
    byte[] good = Files.readAllBytes(path);
    int header = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 25; round++) {
      byte[] damaged = good.clone();
      damaged[8 + random.nextInt(header - 8)] ^= (byte) (1 << random.nextInt(8));
      Path file = Files.write(temp.resolve("damaged.safetensors"), damaged);
      Throwable thrown =
          catchThrowable(() -> fusion.fuse(List.of(new AppliedLora(LoraFile.open(file), 1))));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(Refusal.class);
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 24);
  }

  private static Weights weights(List<Weights> all, Part part) {
    return all.stream()
        .filter(weights -> weights.component().equals(part.component))
        .findFirst()
        .orElseThrow();
  }

  /** The definition, in double precision. */
  private static double[] expected(Tensor base, SafetensorsFile file, Part part, JsonNode module) {
    String name = module.path("module").asText();
    String dotted = part.component + "." + name;
    String sgm = part.kohya + module.path("ldm_module").asText().replace('.', '_');
    String plain = part.kohya + name.replace('.', '_');
    if (file.find(dotted + ".lora_A.weight").isPresent()) {
      return sum(base, file, dotted + ".lora_B.weight", dotted + ".lora_A.weight", -1);
    }
    String key = file.find(plain + ".lora_down.weight").isPresent() ? plain : sgm;
    double alpha = file.find(key + ".alpha").isPresent() ? file.read(key + ".alpha").data()[0] : -1;
    return sum(base, file, key + ".lora_up.weight", key + ".lora_down.weight", alpha);
  }

  private static double[] sum(
      Tensor base, SafetensorsFile file, String upName, String downName, double alpha) {
    Tensor up = file.read(upName);
    Tensor down = file.read(downName);
    int rank = down.dim(0);
    int columns = down.data().length / rank;
    double scale = 0.6 * (alpha < 0 ? 1 : alpha / rank);
    double[] sum = new double[base.data().length];
    for (int i = 0; i < sum.length; i++) {
      double product = 0;
      for (int r = 0; r < rank; r++) {
        product +=
            (double) up.data()[i / columns * rank + r] * down.data()[r * columns + i % columns];
      }
      sum[i] = base.data()[i] + scale * product;
    }
    return sum;
  }

  private static void assertClose(Tensor actual, double[] expected, String name) {
    double worst = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(actual.data()[i] - expected[i]));
    }
    assertThat(worst).as(name).isLessThan(TOLERANCE * largest);
  }
}
