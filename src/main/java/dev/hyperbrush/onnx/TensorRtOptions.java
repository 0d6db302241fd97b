package dev.hyperbrush.onnx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the TensorRT provider works. Immutable.
 *
 * @param fp16 whether engines may compute in half precision
 * @param engines folder that keeps engines, since building one takes minutes; an engine is for one
 *     card, one release of TensorRT and one range of sizes. They are built at each start where
 *     empty
 */
public record TensorRtOptions(boolean fp16, Optional<Path> engines) {
  /** Half precision, and nothing kept. */
  public static TensorRtOptions standard() {
    return new TensorRtOptions(true, Optional.empty());
  }

  /** As ONNX Runtime calls and writes them. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("trt_fp16_enable", CudaOptions.flag(fp16));
    engines.ifPresent(folder -> {
      values.put("trt_engine_cache_enable", "1");
      values.put("trt_engine_cache_path", folder.toString());
      values.put("trt_timing_cache_enable", "1");
      values.put("trt_timing_cache_path", folder.toString());
    });
    return values;
  }
}
