package dev.hyperbrush.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares with numpy's SeedSequence and torchsde's BrownianInterval. */
final class BrownianTreeTest {
  private static final int POOL_SIZE = 24;

  @Tag("golden")
  @TestFactory
  List<DynamicTest> seedsOfChildren() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode recorded : Reference.json("schedulers/brownian_tree.json").get("seed_sequence")) {
      long entropy = recorded.get("entropy").longValue();
      long[] spawnKey = longs(recorded.get("spawn_key"));
      tests.add(
          dynamicTest(
              entropy + " " + Arrays.toString(spawnKey),
              () -> {
                int[] words = new SeedSequence(entropy, POOL_SIZE, spawnKey).words(4);
                assertThat(Arrays.stream(words).mapToLong(Integer::toUnsignedLong).toArray())
                    .isEqualTo(longs(recorded.get("generate_state_uint32")));
              }));
    }
    return tests;
  }

  @Tag("golden")
  @TestFactory
  List<DynamicTest> noiseOfEveryRecordedStretch() throws Exception {
    SafetensorsFile recorded =
        SafetensorsFile.open(Reference.path("schedulers/brownian_tree.safetensors"));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode run : Reference.json("schedulers/brownian_tree.json").get("cases")) {
      String name = run.get("key").asText();
      tests.add(dynamicTest(name, () -> assertSame(run, recorded.read(name + "/noises"))));
    }
    return tests;
  }

  private static void assertSame(JsonNode run, Tensor noises) {
    BrownianTree tree =
        new BrownianTree(
            run.get("seed").longValue(),
            run.get("sigma_min").doubleValue(),
            run.get("sigma_max").doubleValue());
    for (int i = 0; i < run.get("queries").size(); i++) {
      double high = run.get("queries").get(i).get(0).doubleValue();
      double low = run.get("queries").get(i).get(1).doubleValue();
      Tensor path = tree.increment(high, low, 1, 4, 8, 8);
      for (int j = 0; j < path.data().length; j++) {
        path.data()[j] /= (float) Math.sqrt(high - low);
      }
      Closeness.assertClose("noise " + i, path, noises.slice(i, i + 1), 1e-5);
    }
  }

  @Test
  void partsOfAStretchAddUp() {
    BrownianTree tree = new BrownianTree(7, 0, 1);
    Tensor whole = tree.increment(0, 1, 64);
    Tensor first = tree.increment(0, 0.3, 64);
    Tensor second = tree.increment(0.3, 1, 64);
    for (int i = 0; i < 64; i++) {
      second.data()[i] += first.data()[i];
    }
    Closeness.assertClose("sum", second, whole, 1e-6);
  }

  @Test
  void timesOutsideCountAsTheEnds() {
    BrownianTree tree = new BrownianTree(7, 0, 1);
    assertThat(tree.increment(-3, 9, 16).data()).isEqualTo(tree.increment(0, 1, 16).data());
    assertThat(tree.increment(5, 9, 16).data()).containsOnly(0);
    assertThatThrownBy(() -> new BrownianTree(7, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long[] longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToLong(JsonNode::longValue)
        .toArray();
  }
}
