package dev.hyperbrush.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns providers on, and knows which of them work here. Thread-safe. */
public final class Providers {
  private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

  /** A convolution and a product of matrices: what cuDNN and cuBLAS are for. */
  private static final String PROBE = "probe.onnx";

  private static final int PROBE_SIDE = 8;

  private record Place(ExecutionProvider provider, int device) {}

  private static final Map<Place, Optional<String>> PROBLEMS = new ConcurrentHashMap<>();

  /**
   * What is in the way of the provider of these settings on their card, as ONNX Runtime says it;
   * empty when nothing is. Computes something tiny there, once per process.
   */
  public static Optional<String> problem(OnnxSettings settings) {
    return PROBLEMS.computeIfAbsent(
        new Place(settings.provider(), settings.device()), _ -> probed(settings));
  }

  private static Optional<String> probed(OnnxSettings settings) {
    try {
      probe(settings);
      return Optional.empty();
    } catch (OrtException | IOException e) {
      String why = e instanceof OrtException ort ? OnnxRuntime.message(ort) : e.toString();
      LOG.warn(
          "{} cannot be used here, so {} draws instead: {} -> {}",
          name(settings.provider()),
          name(settings.provider().next()),
          why,
          CudaRemedy.of(why));
      return Optional.of(why);
    }
  }

  private static void probe(OnnxSettings settings) throws OrtException, IOException {
    var environment = OnnxRuntime.environment();
    float[] image = new float[PROBE_SIDE * PROBE_SIDE];
    long[] shape = {1, 1, PROBE_SIDE, PROBE_SIDE};
    try (SessionOptions options = new SessionOptions()) {
      add(options, settings);
      try (OrtSession session = environment.createSession(probeModel(), options);
          OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), shape);
          OrtSession.Result _ = session.run(Map.of("x", input))) {
        // It ran.
      }
    }
  }

  private static byte[] probeModel() throws IOException {
    try (InputStream model = Providers.class.getResourceAsStream(PROBE)) {
      if (model == null) {
        throw new IOException(PROBE + " is not in the program");
      }
      return model.readAllBytes();
    }
  }

  /** Makes sessions with these options compute where the settings say. */
  static void add(SessionOptions options, OnnxSettings settings) throws OrtException {
    if (settings.provider() == ExecutionProvider.TENSORRT) {
      addTensorRt(options, settings);
    }
    if (settings.provider().onCard()) {
      addCuda(options, settings); // also for what TensorRT leaves over
    }
  }

  private static void addTensorRt(SessionOptions options, OnnxSettings settings)
      throws OrtException {
    try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(settings.device())) {
      settings.tensorRt().engines().ifPresent(Providers::make);
      for (Map.Entry<String, String> option : settings.tensorRt().values().entrySet()) {
        tensorRt.add(option.getKey(), option.getValue());
      }
      options.addTensorrt(tensorRt);
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      LOG.warn("{} cannot be made, so engines are built at each start: {}", folder, e.toString());
    }
  }

  private static void addCuda(SessionOptions options, OnnxSettings settings) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(settings.device())) {
      for (Map.Entry<String, String> option : settings.cuda().values().entrySet()) {
        cuda.add(option.getKey(), option.getValue());
      }
      options.addCUDA(cuda);
    }
  }

  /** As people know it. */
  public static String name(ExecutionProvider provider) {
    return switch (provider) {
      case CPU -> "the CPU";
      case CUDA -> "CUDA";
      case TENSORRT -> "TensorRT";
    };
  }

  private Providers() {}
}
