package dev.hyperbrush.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> FLAGS =
      List.of("steps", "seed", "size", "guidance", "count", "model", "no");

  @ParameterizedTest
  @CsvSource({
    "setps, steps",
    "STEP, steps",
    "gidance, guidance",
    "guid, guidance",
    "modle, model",
    "sead, seed"
  })
  void findsWhatWasMeant(String typed, String meant) {
    assertThat(Nearest.to(typed, FLAGS)).contains(meant);
  }

  @Test
  void suggestsNothingForSomethingElse() {
    assertThat(Nearest.to("background", FLAGS)).isEmpty();
    assertThat(Nearest.to("", FLAGS)).isEmpty();
    assertThat(Nearest.to("s".repeat(100_000), FLAGS)).isEmpty();
  }

  @Test
  void listsTheNearestFirstAndNotTooMany() {
    assertThat(Nearest.first("sead", List.of("steps", "seed", "no"))).isEqualTo("seed, steps, no");
    assertThat(Nearest.first("sead", List.of())).isEqualTo("–");
    assertThat(Nearest.first("x", IntStream.range(0, 100).mapToObj(i -> "name" + i).toList()))
        .endsWith("name11, …");
  }

  @Test
  void countsEveryKindOfSlipAsOne() {
    assertThat(Nearest.distance("seed", "sed")).isEqualTo(1);
    assertThat(Nearest.distance("seed", "seeed")).isEqualTo(1);
    assertThat(Nearest.distance("seed", "sead")).isEqualTo(1);
    assertThat(Nearest.distance("seed", "esed")).isEqualTo(1);
  }
}
