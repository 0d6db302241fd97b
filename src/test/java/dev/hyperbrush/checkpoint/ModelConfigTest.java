package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelConfigTest {
  @TempDir Path folder;
  private Path file;
  private ModelConfig config;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("config.json");
    Files.writeString(
        file,
        """
        {"layers": 3, "widths": [32, 64], "eps": 1e-5, "linear": true, "act": "silu",
         "kinds": ["a", "b"], "nothing": null, "huge": 99999999999, "empty": []}
        """);
    config = ModelConfig.read(file);
  }

  @Test
  void readsValues() {
    assertThat(config.integer("layers", 1, 9)).isEqualTo(3);
    assertThat(config.integers("widths", 1, 64)).containsExactly(32, 64);
    assertThat(config.integers("widths", 2, 7, 1, 64)).containsExactly(32, 64);
    assertThat(config.number("eps", 0, 0, 1)).isEqualTo(1e-5);
    assertThat(config.flag("linear", false)).isTrue();
    assertThat(config.text("act", "gelu")).isEqualTo("silu");
    assertThat(config.texts("kinds")).containsExactly("a", "b");
  }

  @Test
  void oneNumberCountsForAllBlocks() {
    assertThat(config.integers("layers", 4, 7, 1, 9)).isEqualTo(List.of(3, 3, 3, 3));
    assertThat(config.integers("nothing", 2, 7, 1, 9)).isEqualTo(List.of(7, 7));
  }

  @Test
  void nullIsAbsent() {
    assertThat(config.has("nothing")).isFalse();
    assertThat(config.integer("nothing", 5, 1, 9)).isEqualTo(5);
    assertThat(config.number("nothing", 0.5, 0, 1)).isEqualTo(0.5);
    assertThat(config.flag("nothing", true)).isTrue();
    assertThat(config.text("nothing", "x")).isEqualTo("x");
  }

  @Test
  void refusesByKeyValueAndFile() {
    refused(
        () -> config.integer("layers", 1, 2), ReasonCode.CONFIG_VALUE_BAD, "layers", "3", "to 2");
    refused(() -> config.integer("huge", 1, 2), ReasonCode.CONFIG_VALUE_BAD, "huge", "99999999999");
    refused(() -> config.integer("eps", 0, 2), ReasonCode.CONFIG_VALUE_BAD, "eps");
    refused(() -> config.integers("widths", 1, 63), ReasonCode.CONFIG_VALUE_BAD, "widths", "64");
    refused(
        () -> config.integers("widths", 3, 7, 1, 64),
        ReasonCode.CONFIG_VALUE_BAD,
        "[32,64]",
        "list of 3");
    refused(() -> config.integers("empty", 1, 9), ReasonCode.CONFIG_VALUE_BAD, "empty");
    refused(() -> config.integers("act", 1, 9), ReasonCode.CONFIG_VALUE_BAD, "silu");
    refused(() -> config.number("act", 0, 0, 1), ReasonCode.CONFIG_VALUE_BAD, "act");
    refused(() -> config.number("layers", 0, 0, 1), ReasonCode.CONFIG_VALUE_BAD, "layers");
    refused(() -> config.flag("act", true), ReasonCode.CONFIG_VALUE_BAD, "act");
    refused(() -> config.text("layers", ""), ReasonCode.CONFIG_VALUE_BAD, "layers");
    refused(() -> config.texts("widths"), ReasonCode.CONFIG_VALUE_BAD, "widths");
    refused(() -> config.integer("nothing", 1, 9), ReasonCode.CONFIG_VALUE_MISSING, "nothing");
    refused(() -> config.texts("absent"), ReasonCode.CONFIG_VALUE_MISSING, "absent");
  }

  private void refused(ThrowingCallable reading, ReasonCode code, String... named) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(named);
  }
}
