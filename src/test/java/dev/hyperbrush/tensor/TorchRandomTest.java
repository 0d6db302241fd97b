package dev.hyperbrush.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every draw that PyTorch recorded, for every seed it recorded. */
final class TorchRandomTest {
  private static JsonNode recorded = MissingNode.getInstance();

  @BeforeAll
  static void read() throws Exception {
    recorded = Reference.json("rng/torch_cpu_randn.json").get("seeds");
  }

  static Stream<String> seeds() {
    return recorded.properties().stream().map(Map.Entry::getKey);
  }

  @Tag("golden")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void smallTensorsAreBitEqual(String seed) {
    for (Map.Entry<String, JsonNode> draw : recorded.get(seed).get("small").properties()) {
      Tensor noise = random(seed).randn(Integer.parseInt(draw.getKey()));
      assertMatches(noise, draw.getValue(), "size " + draw.getKey());
    }
  }

  @Tag("golden")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void latentsAreBitEqual(String seed) {
    for (Map.Entry<String, JsonNode> draw : recorded.get(seed).get("large").properties()) {
      Tensor noise = random(seed).randn(ints(draw.getValue().get("shape")));
      assertMatches(noise, draw.getValue(), "shape " + draw.getKey());
    }
  }

  @Tag("golden")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void drawsOfOneGeneratorFollowEachOther(String seed) {
    TorchRandom random = random(seed);
    for (JsonNode draw : recorded.get(seed).get("sequence")) {
      Tensor noise = random.randn(draw.get("randn").asInt());
      assertThat(noise.data()).as(draw.toString()).containsExactly(floats(draw.get("values")));
    }
  }

  @Tag("golden")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void halfPrecisionNoiseIsTheRoundedNoiseOfWholeBlocks(String seed) {
    float[] expected = floats(recorded.get(seed).get("randn20_f16"));
    TorchRandom random = random(seed);
    float[] firstBlock = random.randn(16).data();
    float[] lastBlock = random.randn(16).data();
    int overlap = expected.length - 16;
    for (int i = 0; i < expected.length; i++) {
      float full = i < overlap ? firstBlock[i] : lastBlock[i - overlap];
      assertThat(Float.float16ToFloat(Float.floatToFloat16(full))).isEqualTo(expected[i]);
    }
  }

  @Tag("golden")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void wordsAndUniformNumbersAreEqual(String seed) {
    JsonNode expected = recorded.get(seed);
    MersenneTwister words = words(seed);
    for (JsonNode word : expected.get("mt19937_first8_uint32")) {
      assertThat(Integer.toUnsignedLong(words.nextInt())).isEqualTo(word.asLong());
    }
    MersenneTwister floats = words(seed);
    for (JsonNode value : expected.get("rand_first8_f32")) {
      assertThat(floats.nextFloat()).isEqualTo(value.floatValue());
    }
    MersenneTwister doubles = words(seed);
    for (JsonNode value : expected.get("rand_first4_f64")) {
      assertThat(doubles.nextDouble()).isEqualTo(value.doubleValue());
    }
    assertThat(Long.remainderUnsigned(words(seed).nextLong(), Long.MAX_VALUE))
        .isEqualTo(expected.get("randint_0_2pow63m1").asLong());
  }

  /** Float64 noise is another sequence, which nothing here draws; its uniform numbers are ours. */
  @Tag("golden")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void doublePrecisionNoiseComesFromTheSameUniformNumbers(String seed) {
    double[] expected = doubles(recorded.get(seed).get("randn20_f64"));
    MersenneTwister words = words(seed);
    double[] firstFill = uniform(words, expected.length);
    double[] lastFill = uniform(words, 16);
    int overlap = expected.length - 16;
    for (int i = 0; i < expected.length; i++) {
      double normal = i < overlap ? normal(firstFill, i) : normal(lastFill, i - overlap);
      assertThat(normal).isCloseTo(expected[i], within(1e-13));
    }
  }

  /** One generator for a whole batch, and one for each picture of it. */
  @Tag("golden")
  @Test
  void batchesOfNoiseAreBitEqual() throws Exception {
    SafetensorsFile file = SafetensorsFile.open(Reference.path("rng/randn_tensor.safetensors"));
    Tensor one = file.read("one_generator");
    long seed = Long.parseLong(file.metadata().getOrDefault("one", ""));
    assertThat(new TorchRandom(seed).randn(one.shape()).data()).containsExactly(one.data());

    Tensor list = file.read("list_of_generators");
    JsonNode seeds = new JsonMapper().readTree(file.metadata().get("list"));
    for (int i = 0; i < seeds.size(); i++) {
      Tensor picture = list.slice(i, i + 1);
      assertThat(new TorchRandom(seeds.get(i).asLong()).randn(picture.shape()).data())
          .containsExactly(picture.data());
    }
  }

  @Test
  void seedsAgreeInTheirLow32Bits() {
    assertThat(new TorchRandom((1L << 32) + 42).randn(40).data())
        .containsExactly(new TorchRandom(42).randn(40).data());
    assertThat(new TorchRandom(-1).randn(40).data())
        .containsExactly(new TorchRandom((1L << 32) - 1).randn(40).data());
  }

  @Test
  void theSpareOfASmallDrawSurvivesALargeOne() {
    TorchRandom random = new TorchRandom(5);
    random.randn(1);
    random.randn(16);
    float spare = random.randn(1).data()[0];
    assertThat(spare).isEqualTo(new TorchRandom(5).randn(2).data()[1]);
  }

  @Test
  void anEmptyShapeDrawsNothing() {
    TorchRandom random = new TorchRandom(3);
    assertThat(random.randn(0, 4).data()).isEmpty();
    assertThat(random.randn(20).data()).containsExactly(new TorchRandom(3).randn(20).data());
  }

  @Test
  void aShapeBeyondAllMemoryIsRefused() {
    TorchRandom random = new TorchRandom(3);
    assertThatThrownBy(() -> random.randn(65536, 65536)).isInstanceOf(ArithmeticException.class);
  }

  private static void assertMatches(Tensor noise, JsonNode draw, String as) {
    if (draw.has("values")) {
      assertThat(noise.data()).as(as).containsExactly(floats(draw.get("values")));
    }
    if (draw.has("first32")) {
      assertThat(noise.data()).as(as).startsWith(floats(draw.get("first32")));
      assertThat(noise.data()).as(as).endsWith(floats(draw.get("last32")));
    }
    if (draw.has("sha256_avx2")) {
      assertThat(sha256(noise)).as(as).isEqualTo(draw.get("sha256_avx2").asText());
    }
    assertThat(draw.has("values") || draw.has("sha256_avx2")).as(as + " is recorded").isTrue();
  }

  private static String sha256(Tensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.data().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.data());
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] uniform(MersenneTwister words, int size) {
    return IntStream.range(0, size).mapToDouble(i -> words.nextDouble()).toArray();
  }

  /** Box-Muller in blocks of sixteen: the first eight are radii, the others angles. */
  private static double normal(double[] uniform, int i) {
    int pair = i % 8;
    double radius = Math.sqrt(-2 * Math.log(1 - uniform[pair]));
    double angle = 2 * Math.PI * uniform[pair + 8];
    return radius * (i < 8 ? Math.cos(angle) : Math.sin(angle));
  }

  private static TorchRandom random(String seed) {
    return new TorchRandom(bits(seed));
  }

  private static MersenneTwister words(String seed) {
    return new MersenneTwister(bits(seed));
  }

  /** PyTorch takes -2^63 to 2^64 - 1. */
  private static long bits(String seed) {
    return new BigInteger(seed).longValue();
  }

  private static int[] ints(JsonNode array) {
    return stream(array).mapToInt(JsonNode::asInt).toArray();
  }

  private static double[] doubles(JsonNode array) {
    return stream(array).mapToDouble(JsonNode::doubleValue).toArray();
  }

  private static float[] floats(JsonNode array) {
    double[] values = doubles(array);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
