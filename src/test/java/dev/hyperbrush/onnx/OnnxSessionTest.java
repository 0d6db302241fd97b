package dev.hyperbrush.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On a graph with {@code count}, 64-bit integers, and {@code halves}, 16-bit floats, that makes as
 * many {@code zeros} as asked for, says their shape in {@code length} and doubles the halves.
 */
final class OnnxSessionTest {
  @TempDir private Path folder;

  @Test
  void convertsToWhatTheGraphTakesAndGives() throws IOException {
    OnnxOutputs outputs = run(OnnxSettings.cpu(), Set.of("doubled", "length"), 1000);

    assertThat(outputs.floats("doubled").data()).containsExactly(0.5f, 0.19995117f); // 0.1 rounded
    assertThat(outputs.floats("length").data()).containsExactly(1000);
  }

  @Test
  void valuesOfAnotherKindAreRefused() throws IOException {
    try (OnnxSession session = OnnxSession.open(model(), OnnxSettings.cpu())) {
      assertThatThrownBy(() ->
              session.run(
                  Map.of(
                      "count",
                      floats(1),
                      "halves",
                      new OnnxArray.Ints(new int[] {1}, new int[] {1})),
                  Set.of("doubled"),
                  Cancellation.none()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("FLOAT16");
    }
  }

  /** Two terabytes: a failure of the machine's own allocator, with and without the arena. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wantOfMemoryIsToldFromOtherFailuresAndTheSessionGoesOn(boolean arena) throws IOException {
    OnnxSettings settings = arena ? OnnxSettings.cpu() : OnnxSettings.cpu().withoutArena();
    try (OnnxSession session = OnnxSession.open(model(), settings)) {
      assertThatThrownBy(() -> run(session, 1 << 20, 1 << 20))
          .isInstanceOf(OutOfMemory.class)
          .hasMessageStartingWith("types: ");
      assertThat(run(session, 3).floats("length").data()).containsExactly(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Failed to allocate memory for requested buffer of size 1099511627776",
        "Available memory of 16 is smaller than requested bytes of 32",
        "Status Message: std::bad_alloc",
        "CUDA failure 2: out of memory ; GPU=0 ; hostname=x ; expr=cudaMalloc((void**)&p, size)",
        "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0",
        "CUDNN failure 4002: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
        "CUDNN_STATUS_ALLOC_FAILED",
        "Memory allocation failed. Size=12",
        "TensorRT EP: Error Code 2: OutOfMemory (Requested size was 7 bytes.)"
      })
  void whatTheLibrariesSayOfIt(String text) {
    assertThat(OutOfMemory.isMeantBy(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CUDA failure 100: no CUDA-capable device is detected",
        "CUBLAS failure 13: CUBLAS_STATUS_EXECUTION_FAILED",
        "Got invalid dimensions for input: sample",
        "Could not find an implementation for GroupNorm(1)"
      })
  void whatIsSomethingElse(String text) {
    assertThat(OutOfMemory.isMeantBy(text)).isFalse();
  }

  private OnnxOutputs run(OnnxSettings settings, Set<String> outputs, int... count)
      throws IOException {
    try (OnnxSession session = OnnxSession.open(model(), settings)) {
      return session.run(inputs(count), outputs, Cancellation.none());
    }
  }

  private static OnnxOutputs run(OnnxSession session, int... count) {
    return session.run(inputs(count), Set.of("length"), Cancellation.none());
  }

  private static Map<String, OnnxArray> inputs(int... count) {
    return Map.of(
        "count",
        new OnnxArray.Ints(new int[] {count.length}, count),
        "halves",
        floats(0.25f, 0.1f));
  }

  private static OnnxArray floats(float... values) {
    return new OnnxArray.Floats(new Tensor(new int[] {values.length}, values));
  }

  private OnnxModel model() throws IOException {
    try (InputStream bytes =
        Objects.requireNonNull(OnnxSessionTest.class.getResourceAsStream("types.onnx"))) {
      return new OnnxModel("types", bytes.readAllBytes(), folder);
    }
  }
}
