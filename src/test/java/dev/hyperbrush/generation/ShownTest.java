package dev.hyperbrush.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShownTest {
  @Test
  void cutsLongTextBetweenCharacters() {
    assertThat(Shown.brief("a".repeat(60))).isEqualTo("a".repeat(60));
    assertThat(Shown.brief("🦊".repeat(61))).isEqualTo("🦊".repeat(60) + "…");
  }

  @Test
  void numbersHaveTheirShortestDigits() {
    assertThat(Shown.number(4.0)).isEqualTo("4");
    assertThat(Shown.number(0.35)).isEqualTo("0.35");
    assertThat(Shown.number(1e7)).isEqualTo("10000000");
  }
}
