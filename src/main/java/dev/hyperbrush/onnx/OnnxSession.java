package dev.hyperbrush.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.CancelledException;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A loaded graph that can be run. Owned by one thread; only a {@link Cancellation} may reach into
 * it from another.
 */
public final class OnnxSession implements AutoCloseable {
  private static final String WEIGHTS_FOLDER =
      "session.model_external_initializers_file_folder_path";

  /** What the shape of an input says where any length will do. */
  private static final long DYNAMIC = -1;

  private final String name;
  private final OrtSession session;
  private final RunObserver observer;

  /** Whether its weights are worth asking the system to take their memory back. */
  private final boolean large;

  private final Map<String, TensorInfo> inputInfo;

  private OnnxSession(String name, OrtSession session, OnnxSettings settings) throws OrtException {
    this.name = name;
    this.session = session;
    this.observer = settings.observer();
    this.large = settings.kept().isPresent();
    this.inputInfo = new TreeMap<>();
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      inputInfo.put(input.getKey(), (TensorInfo) input.getValue().getInfo());
    }
  }

  /**
   * Loads a graph, for a provider that is {@link OnnxSettings#usable}: others are left out.
   *
   * @throws Refusal when ONNX Runtime has something against it
   * @throws OutOfMemory when there is no room for it
   */
  public static OnnxSession open(OnnxModel model, OnnxSettings settings) {
    try {
      long start = System.nanoTime();
      OnnxSettings usable = settings.usable();
      OnnxSession opened = new OnnxSession(model.name(), create(model, usable), usable);
      settings.observer().opened(model.name(), start, System.nanoTime());
      return opened;
    } catch (OrtException e) {
      throw failure(ReasonCode.MODEL_NOT_LOADED, model.name(), e);
    }
  }

  /**
   * Loads a graph that somebody else has built. Its inputs and outputs may be of any type of
   * numbers: they are converted.
   *
   * @throws Refusal when ONNX Runtime has something against it, or when it takes or gives something
   *     else than it should
   * @throws OutOfMemory when there is no room for it
   */
  public static OnnxSession open(OnnxFile file, OnnxSettings settings) {
    long start = System.nanoTime();
    OnnxSettings usable = settings.usable();
    try (SessionOptions options = options(usable)) {
      OrtSession session = OnnxRuntime.environment().createSession(file.path().toString(), options);
      OnnxPorts.require(file, session);
      OnnxSession opened = new OnnxSession(file.name(), session, usable);
      settings.observer().opened(file.name(), start, System.nanoTime());
      return opened;
    } catch (OrtException e) {
      throw failure(ReasonCode.MODEL_NOT_LOADED, file.name(), e);
    }
  }

  private static OrtSession create(OnnxModel model, OnnxSettings settings) throws OrtException {
    KeptGraph.Options options = () -> options(model, settings);
    Optional<KeptGraph> kept = settings.kept().filter(graphs -> !settings.provider().onCard());
    if (kept.isPresent()) {
      return kept.get().open(model, options);
    }
    try (SessionOptions plain = options.make()) {
      return OnnxRuntime.environment().createSession(model.bytes(), plain);
    }
  }

  private static SessionOptions options(OnnxModel model, OnnxSettings settings)
      throws OrtException {
    SessionOptions options = options(settings);
    options.addConfigEntry(WEIGHTS_FOLDER, model.weightsFolder().toString());
    return options;
  }

  private static SessionOptions options(OnnxSettings settings) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(settings.threads());
    options.setCPUArenaAllocator(settings.arena());
    Providers.add(options, settings);
    return options;
  }

  /**
   * Runs the graph.
   *
   * @param inputs all of them, by name, converted to the types that the graph takes; {@link
   *     Refusal} where a shape is not what it takes
   * @param outputs names of those wanted
   * @param cancellation ends the run between two operators with {@link CancelledException}
   * @throws OutOfMemory when there is no room for it
   */
  public OnnxOutputs run(
      Map<String, OnnxArray> inputs, Set<String> outputs, Cancellation cancellation) {
    cancellation.throwIfRequested();
    inputs.forEach(this::checkShape);
    try (NativeTensors tensors = new NativeTensors();
        StoppableRun run = new StoppableRun(cancellation)) {
      for (Map.Entry<String, OnnxArray> input : inputs.entrySet()) {
        tensors.add(input.getKey(), input.getValue(), typeOf(input.getKey()));
      }
      long start = System.nanoTime();
      try (OrtSession.Result result = session.run(tensors.byName(), outputs, run.options())) {
        observer.ran(name, start, System.nanoTime());
        return NativeTensors.read(result);
      }
    } catch (OrtException e) {
      // A run that was told to stop has no error code of its own.
      cancellation.throwIfRequested();
      throw failure(ReasonCode.MODEL_FAILED, name, e);
    }
  }

  /** Number of axes of an input. */
  public int rank(String input) {
    return info(input).getShape().length;
  }

  /** Whether a run can give this. */
  public boolean gives(String output) {
    return session.getOutputNames().contains(output);
  }

  private void checkShape(String input, OnnxArray array) {
    TensorInfo info = info(input);
    long[] wanted = info.getShape();
    int[] actual = array.shape();
    boolean fits = wanted.length == actual.length;
    for (int i = 0; fits && i < actual.length; i++) {
      fits = wanted[i] == DYNAMIC || wanted[i] == actual[i];
    }
    if (!fits) {
      throw new Refusal(
          ReasonCode.INPUT_SHAPE_WRONG, name, input, Arrays.toString(actual), describe(info));
    }
  }

  /** Such as {@code [batch, 4, height, width]}. */
  private static String describe(TensorInfo info) {
    long[] shape = info.getShape();
    return IntStream.range(0, shape.length)
        .mapToObj(i -> shape[i] == DYNAMIC ? info.getDimensionNames()[i] : Long.toString(shape[i]))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private OnnxJavaType typeOf(String input) {
    return info(input).type;
  }

  private TensorInfo info(String input) {
    return Optional.ofNullable(inputInfo.get(input))
        .orElseThrow(() -> new IllegalArgumentException(name + " has no input " + input));
  }

  private static RuntimeException failure(ReasonCode code, String model, OrtException cause) {
    String why = OnnxRuntime.message(cause);
    return OutOfMemory.isMeantBy(why)
        ? new OutOfMemory(model, why, cause)
        : new Refusal(Phrase.of(code, model, why), cause);
  }

  /** Frees the weights. */
  @Override
  public void close() {
    try {
      session.close();
      if (large) {
        NativeHeap.trim();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the session of " + name, e);
    }
  }
}
