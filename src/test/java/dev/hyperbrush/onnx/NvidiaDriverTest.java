package dev.hyperbrush.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NvidiaDriverTest {
  private static final List<String> NO_SUCH_PROGRAM = List.of("no-such-nvidia-smi");

  @TempDir private Path folder;

  @Test
  void cardsAreThoseThatNvidiaSmiLists() {
    NvidiaDriver driver =
        look(
            "0, NVIDIA H200, 580.65.06, 143771, 143180, 9.0",
            "1, NVIDIA L4, 580.65.06, 23034, 22500, 8.9");

    assertThat(driver.version()).contains("580.65.06");
    assertThat(driver.card(1)).map(NvidiaDriver.Card::name).contains("NVIDIA L4");
    assertThat(driver.card(0))
        .hasToString("Optional[NVIDIA H200 (143771 MiB, 143180 MiB free, compute capability 9.0)]");
    assertThat(driver.card(2)).isEmpty();
  }

  @Test
  void whatIsNoListOfCardsIsNone() {
    assertThat(look("NVIDIA-SMI has failed, make sure, that, the, driver, is loaded").cards())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  535.104.05  Release Build"
      })
  void withoutNvidiaSmiTheKernelModuleTellsTheVersion(String line) throws IOException {
    Path module = Files.writeString(folder.resolve("version"), line + "\nGCC version: 12.3.0\n");

    assertThat(NvidiaDriver.look(module, NO_SUCH_PROGRAM).version()).contains("535.104.05");
  }

  @Test
  void withoutBothThereIsNone() {
    NvidiaDriver driver = NvidiaDriver.look(folder.resolve("version"), NO_SUCH_PROGRAM);

    assertThat(driver).isEqualTo(new NvidiaDriver(Optional.empty(), List.of()));
  }

  /** A process that says these lines. */
  private NvidiaDriver look(String... lines) {
    return NvidiaDriver.look(
        folder.resolve("version"), List.of("printf", "%s\\n", String.join("\n", lines)));
  }
}
