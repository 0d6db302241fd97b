package dev.hyperbrush.onnx;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What to do about an error of ONNX Runtime's CUDA and TensorRT providers, told from its text. The
 * packages are those of NVIDIA's repository for Debian and Ubuntu; the first ones were seen in real
 * errors of release 1.29, the names of the packages could not be looked up.
 */
public final class CudaRemedy {
  /** By a part of the text, in the order in which they are looked for. */
  private static final Map<String, String> REMEDIES = new LinkedHashMap<>();

  static {
    REMEDIES.put(
        "failed to find", // CUDA shared provider, TensorRT shared provider
        "This build is for the CPU: build with \"mvn -Pgpu package\".");
    library("libcublas", "CUDA 12's cuBLAS", "libcublas-12-9");
    library("libcudart", "CUDA 12's runtime", "cuda-cudart-12-9");
    library("libcurand", "CUDA 12's cuRAND", "libcurand-12-9");
    library("libcufft", "CUDA 12's cuFFT", "libcufft-12-9");
    library("libnvrtc", "CUDA 12's run-time compiler", "cuda-nvrtc-12-9");
    library("libcudnn", "cuDNN 9 for CUDA 12", "libcudnn9-cuda-12");
    library("libnvinfer", "TensorRT 10 for CUDA 12", "libnvinfer10");
    library("libnvonnxparser", "TensorRT 10 for CUDA 12", "libnvonnxparsers10");
    library("libcuda.so", "NVIDIA's driver", "cuda-drivers");
    REMEDIES.put(
        "driver version is insufficient",
        "NVIDIA's driver is missing or too old for CUDA 12: install 525.60 or newer.");
    REMEDIES.put(
        "no cuda-capable device",
        "No card is visible: nvidia-smi shows those there are; a container needs --gpus all.");
    REMEDIES.put(
        "invalid device",
        "There is no such card: set onnx.device or onnx.devices to those that nvidia-smi lists.");
    REMEDIES.put(
        "cudnn", "cuDNN is missing or of another release: install libcudnn9-cuda-12, release 9.");
    REMEDIES.put(
        "no kernel image", "The card is too old: compute capability 7.5 (Turing) is needed.");
  }

  private static void library(String file, String name, String debian) {
    REMEDIES.put(
        file, "Install " + name + " (Debian and Ubuntu, NVIDIA's repository: " + debian + ").");
  }

  /** A sentence for what ONNX Runtime says. */
  public static String of(String error) {
    String text = error.toLowerCase(Locale.ROOT);
    return REMEDIES.entrySet().stream()
        .filter(remedy -> text.contains(remedy.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("It needs the build with -Pgpu, an NVIDIA driver, CUDA 12 and cuDNN 9.");
  }

  private CudaRemedy() {}
}
