package dev.hyperbrush.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyperbrush.onnx.CudaLibraries.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CudaLibrariesTest {
  @Test
  void findsWhatTheLoaderFinds() {
    assumeTrue(Files.exists(Path.of("/proc/self/maps")), "Linux");

    assertThat(new CudaLibraries(List.of("libm.so.6", "libnothing.so.12")).look())
        .containsExactly(
            new Library("libm.so.6", Optional.of("6")),
            new Library("libnothing.so.12", Optional.empty()));
  }

  /** What ONNX Runtime 1.29 said where these were missing, and what CUDA says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Failed to find CUDA shared provider | -Pgpu",
        "Failed to load library /x/libonnxruntime_providers_cuda.so with error: libcublasLt.so.12:"
            + " cannot open shared object file: No such file or directory | libcublas-12-",
        "Failed to load library /x/libonnxruntime_providers_cuda.so with error: libcudart.so.12:"
            + " cannot open shared object file: No such file or directory | cuda-cudart-12-",
        "Failed to load library /x/libonnxruntime_providers_cuda.so with error: libcuda.so.1:"
            + " cannot open shared object file: No such file or directory | driver",
        "libcudnn.so.9: cannot open shared object file | libcudnn9-cuda-12",
        "libnvinfer.so.10: cannot open shared object file: No such file or directory | TensorRT 10",
        "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version | 525.60",
        "CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 | --gpus all",
        "CUDA failure 101: invalid device ordinal ; GPU=0 | onnx.device",
        "something else | -Pgpu"
      })
  void errorsLeadToARemedy(String error, String remedy) {
    assertThat(CudaRemedy.of(error)).contains(remedy);
  }
}
