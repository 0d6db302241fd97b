package dev.hyperbrush.graph;

import static dev.hyperbrush.tensor.Closeness.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.onnx.OnnxArray;
import dev.hyperbrush.onnx.OnnxModel;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every network in every dialect: valid, and the same as in the portable one where the CPU can run
 * it. ONNX Runtime casts between 16 and 32 bits on the CPU, and rounds what passes between layers
 * to 16 bits, as a card does.
 *
 * <p>{@code -Dhyperbrush.graphs=FOLDER} leaves the graphs there for other checkers, of the model in
 * diffusers layout at {@code -Dhyperbrush.graphs.of=FOLDER} if that is given.
 */
final class DialectTest {
  private static final double FLOAT_TOLERANCE = 2e-5;

  /** Of the largest number: 16-bit floats have 11 binary digits. */
  private static final double HALF_TOLERANCE = 4e-3;

  private static final Map<String, Dialect> DIALECTS = new LinkedHashMap<>();

  static {
    DIALECTS.put("portable", Dialect.PORTABLE);
    DIALECTS.put("half", Dialect.HALF);
    DIALECTS.put("fused", Dialect.FUSED);
    DIALECTS.put("fused in 32 bits", Dialect.FUSED.in(Precision.FLOAT));
    DIALECTS.put("standard", Dialect.STANDARD);
    DIALECTS.put("standard in 32 bits", Dialect.STANDARD.in(Precision.FLOAT));
  }

  private static final List<String> NETWORKS =
      List.of("unet", "text_encoder", "text_encoder_2", "vae decoder", "vae encoder");

  private final Random random = new Random(5);

  static Stream<Arguments> all() {
    return each(DIALECTS.keySet().stream().toList());
  }

  static Stream<Arguments> thoseThatTheCpuRuns() {
    return each(List.of("half", "standard", "standard in 32 bits"));
  }

  private static Stream<Arguments> each(List<String> dialects) {
    return NETWORKS.stream()
        .flatMap(network -> dialects.stream().map(dialect -> Arguments.of(network, dialect)));
  }

  private static Dialect dialect(String name) {
    return Objects.requireNonNull(DIALECTS.get(name));
  }

  @ParameterizedTest
  @MethodSource("all")
  void isValid(String network, String dialect) throws IOException {
    byte[] bytes = model(network, dialect(dialect)).bytes();
    dump(network + " " + dialect, bytes);

    GraphChecks.check(OnnxReader.read(bytes));
  }

  @ParameterizedTest
  @MethodSource("thoseThatTheCpuRuns")
  void computesTheSame(String network, String name) {
    Dialect dialect = dialect(name);
    Map<String, OnnxArray> inputs = inputs(network);
    Map<String, Tensor> expected = run(network, Dialect.PORTABLE, inputs);
    Map<String, Tensor> actual = run(network, dialect, inputs);
    expected.forEach((output, values) -> {
      double largest = 0;
      for (float value : values.data()) {
        largest = Math.max(largest, Math.abs(value));
      }
      double tolerance = dialect.precision() == Precision.FLOAT ? FLOAT_TOLERANCE : HALF_TOLERANCE;
      assertThat(
              largestDifference(Objects.requireNonNull(actual.get(output)), values)
                  / Math.max(1, largest))
          .as(output)
          .isLessThan(tolerance);
    });
  }

  /** ONNX Runtime accepts everything about it but that there is a kernel here. */
  @ParameterizedTest
  @MethodSource("networksWithGroupNorm")
  void fusedLacksNothingButKernels(String network) {
    assertThatThrownBy(() -> OnnxSession.open(model(network, Dialect.FUSED), OnnxSettings.cpu()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Failed to find kernel for com.microsoft.GroupNorm(1)");
  }

  static List<String> networksWithGroupNorm() {
    return NETWORKS.stream().filter(network -> !network.startsWith("text")).toList();
  }

  /** A product in 16 bits takes the CPU several hundred times as long as one in 32. */
  @Test
  void onlyTheStandardDialectHasProductsOfTheStandard() {
    Set<String> products = Set.of("MatMul", "Gemm");
    for (Dialect dialect : List.of(Dialect.PORTABLE, Dialect.HALF, Dialect.FUSED)) {
      assertThat(operators("unet", dialect)).doesNotContainAnyElementsOf(products);
    }
    assertThat(operators("unet", Dialect.STANDARD)).contains("MatMul");
    assertThat(OnnxReader.read(model("unet", Dialect.STANDARD).bytes()).nodes())
        .extracting(OnnxReader.Node::domain)
        .containsOnly("");
    assertThat(operators("unet", Dialect.FUSED))
        .contains("GroupNorm")
        .doesNotContain("InstanceNormalization");
  }

  /** Weights of 16 bits are used as they lie in the file. */
  @Test
  void halfCastsNoWeightOfSixteenBits() {
    List<OnnxReader.Node> nodes = OnnxReader.read(model("unet", Dialect.HALF).bytes()).nodes();
    assertThat(nodes)
        .filteredOn(node -> node.operator().equals("Cast"))
        .noneMatch(node -> node.in().getFirst().contains(".weight["));
  }

  private static Set<String> operators(String network, Dialect dialect) {
    return OnnxReader.read(model(network, dialect).bytes()).nodes().stream()
        .map(OnnxReader.Node::operator)
        .collect(Collectors.toSet());
  }

  private static OnnxModel model(String network, Dialect dialect) {
    return switch (network) {
      case "unet" -> UnetGraph.build(component("unet"), dialect);
      case "vae decoder" -> VaeGraph.decoder(component("vae"), dialect);
      case "vae encoder" -> VaeGraph.encoder(component("vae"), dialect);
      default -> ClipTextGraph.build(component(network), PromptStates.LAST_NORMED, dialect).model();
    };
  }

  private static Component component(String part) {
    String folder = System.getProperty("hyperbrush.graphs.of", "");
    return folder.isEmpty()
        ? Components.tiny(part)
        : Component.open(part, Path.of(folder).resolve(part));
  }

  private static void dump(String name, byte[] model) throws IOException {
    String folder = System.getProperty("hyperbrush.graphs", "");
    if (!folder.isEmpty()) {
      Files.write(Files.createDirectories(Path.of(folder)).resolve(name + ".onnx"), model);
    }
  }

  private Map<String, OnnxArray> inputs(String network) {
    return switch (network) {
      case "unet" -> unetInputs();
      case "vae decoder" -> Map.of(VaeGraph.LATENTS, normal(1, 4, 8, 8));
      case "vae encoder" -> Map.of(VaeGraph.IMAGE, normal(1, 3, 64, 64));
      default -> {
        int size = ClipTextConfig.read(component(network).config()).hiddenSize();
        yield Map.of(
            ClipTextGraph.INPUT_IDS, ids(), ClipTextGraph.ADDED_EMBEDDINGS, normal(1, size));
      }
    };
  }

  private Map<String, OnnxArray> unetInputs() {
    UnetConfig config = UnetConfig.read(component("unet").config());
    Map<String, OnnxArray> inputs = new HashMap<>();
    inputs.put(UnetGraph.SAMPLE, normal(2, 4, 12, 8));
    inputs.put(
        UnetGraph.TIMESTEP, new OnnxArray.Floats(new Tensor(new int[] {1}, new float[] {759})));
    inputs.put(UnetGraph.PROMPT_EMBEDS, normal(2, 7, config.crossAttentionDim()));
    inputs.put(
        UnetGraph.POOLED_PROMPT_EMBEDS, normal(2, config.added().orElseThrow().pooledSize()));
    inputs.put(UnetGraph.TIME_IDS, normal(2, UnetConfig.TIME_IDS));
    return inputs;
  }

  private OnnxArray ids() {
    int[][] rows = new int[2][77];
    for (int[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = i == 0 ? 49406 : i > 20 ? 49407 : random.nextInt(49000);
      }
    }
    return OnnxArray.Ints.ofRows(rows);
  }

  private OnnxArray normal(int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return new OnnxArray.Floats(tensor);
  }

  private static Map<String, Tensor> run(
      String network, Dialect dialect, Map<String, OnnxArray> inputs) {
    OnnxModel model = model(network, dialect);
    Set<String> outputs = new HashSet<>(OnnxReader.read(model.bytes()).outputs().keySet());
    outputs.remove(VaeGraph.PIXELS);
    try (OnnxSession session = OnnxSession.open(model, OnnxSettings.cpu())) {
      var values = session.run(inputs, outputs, Cancellation.none());
      return outputs.stream().collect(Collectors.toMap(name -> name, values::floats));
    }
  }
}
