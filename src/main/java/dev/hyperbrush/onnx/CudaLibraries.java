package dev.hyperbrush.onnx;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of the libraries under the CUDA provider the system's loader finds, and in which version.
 * Linux alone; elsewhere nothing is found out. Immutable.
 *
 * @param files names as the loader wants them, such as {@code libcudnn.so.9}
 */
public record CudaLibraries(List<String> files) {
  private static final Path MAPPED = Path.of("/proc/self/maps");

  /** A library, and its version where it is there. */
  public record Library(String file, Optional<String> version) {}

  public CudaLibraries {
    files = List.copyOf(files);
  }

  /** What ONNX Runtime 1.29 was built against: CUDA 12, cuDNN 9. */
  public static CudaLibraries needed() {
    return new CudaLibraries(
        List.of(
            "libcuda.so.1",
            "libcudart.so.12",
            "libcublas.so.12",
            "libcublasLt.so.12",
            "libcurand.so.10",
            "libcufft.so.11",
            "libcudnn.so.9"));
  }

  /** Loads each of them for a moment; empty where that tells nothing. */
  public List<Library> look() {
    return Files.isReadable(MAPPED) ? files.stream().map(CudaLibraries::look).toList() : List.of();
  }

  @SuppressWarnings("restricted") // of NVIDIA's libraries, only what runs at loading is run
  private static Library look(String file) {
    try (Arena arena = Arena.ofConfined()) {
      var _ = SymbolLookup.libraryLookup(file, arena);
      return new Library(file, Optional.of(version(file)));
    } catch (IllegalArgumentException e) { // cannot be loaded
      return new Library(file, Optional.empty());
    }
  }

  /** What stands behind {@code .so.} in the name of the file that a link leads to. */
  private static String version(String file) {
    String stem = file.substring(0, file.indexOf(".so.") + ".so.".length());
    try (Stream<String> lines = Files.lines(MAPPED)) {
      return lines
          .map(line -> line.substring(line.lastIndexOf('/') + 1))
          .filter(name -> name.startsWith(stem))
          .findFirst()
          .orElse(file)
          .substring(stem.length());
    } catch (IOException e) {
      return file.substring(stem.length());
    }
  }
}
