package dev.hyperbrush.config;

import dev.hyperbrush.onnx.CudaOptions;
import dev.hyperbrush.onnx.CudaOptions.ArenaGrowth;
import dev.hyperbrush.onnx.CudaOptions.Attention;
import dev.hyperbrush.onnx.CudaOptions.ConvSearch;
import dev.hyperbrush.onnx.ExecutionProvider;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.onnx.TensorRtOptions;
import dev.hyperbrush.pipeline.YamlSection;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What computes, and how: the section {@code onnx}. */
final class OnnxSection {
  private static final int MANY_THREADS = 1024;
  private static final int LAST_DEVICE = 63;
  private static final int MEGABYTE = 20;
  private static final int MOST_MEGABYTES = 1 << MEGABYTE;

  private enum Provider {
    AUTO,
    CPU,
    CUDA,
    TENSORRT
  }

  /**
   * Reads the section.
   *
   * @param engines folder for what TensorRT builds
   * @return settings for each worker: one for each card, or one alone on the CPU
   */
  static List<OnnxSettings> read(YamlSection yaml, Path engines) {
    OnnxSettings first =
        new OnnxSettings(
            provider(yaml.oneOf("provider", Provider.class).orElse(Provider.AUTO)),
            yaml.integer("device", 0, 0, LAST_DEVICE),
            yaml.integer("threads", 0, 0, MANY_THREADS),
            true,
            cuda(yaml.section("cuda")),
            tensorRt(yaml.section("tensorRt"), engines));
    List<Integer> devices = devices(yaml);
    yaml.refuseUnknownKeys();
    return devices.isEmpty() || !first.provider().onCard()
        ? List.of(first)
        : devices.stream().map(first::withDevice).toList();
  }

  private static List<Integer> devices(YamlSection yaml) {
    Set<Integer> seen = new HashSet<>();
    return yaml.list(
        "devices",
        "the number of a card, from 0 to " + LAST_DEVICE + ", each once",
        text ->
            Optional.of(Integer.valueOf(text))
                .filter(device -> device >= 0 && device <= LAST_DEVICE && seen.add(device)));
  }

  private static CudaOptions cuda(YamlSection yaml) {
    CudaOptions standard = CudaOptions.standard();
    CudaOptions cuda =
        new CudaOptions(
            (long) yaml.integer("maxMegabytes", 0, 0, MOST_MEGABYTES) << MEGABYTE,
            yaml.oneOf("growth", ArenaGrowth.class).orElse(standard.growth()),
            yaml.oneOf("convSearch", ConvSearch.class).orElse(standard.convSearch()),
            yaml.flag("nhwc", standard.nhwc()),
            yaml.flag("tf32", standard.tf32()),
            yaml.oneOf("attention", Attention.class).orElse(standard.attention()),
            yaml.flag("fused", standard.fused()));
    yaml.refuseUnknownKeys();
    return cuda;
  }

  private static TensorRtOptions tensorRt(YamlSection yaml, Path engines) {
    TensorRtOptions tensorRt =
        new TensorRtOptions(
            yaml.flag("fp16", true),
            yaml.flag("keepEngines", true) ? Optional.of(engines) : Optional.empty());
    yaml.refuseUnknownKeys();
    return tensorRt;
  }

  private static ExecutionProvider provider(Provider wanted) {
    return switch (wanted) {
      case AUTO -> ExecutionProvider.ofThisBuild();
      case CPU -> ExecutionProvider.CPU;
      case CUDA -> ExecutionProvider.CUDA;
      case TENSORRT -> ExecutionProvider.TENSORRT;
    };
  }

  private OnnxSection() {}
}
