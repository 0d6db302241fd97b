package dev.hyperbrush.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.hyperbrush.generation.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the graphs over certain weights are kept optimised.
 *
 * <p>Immutable.
 *
 * @param cache where
 * @param weights what tells these weights from all others: their files, sizes and times
 * @param bytes about how large the optimised weights are
 * @param atOnce whether they are kept when they are first used, rather than the second time
 * @param beforeSaving called before a copy is made: that takes the weights' size in memory, once,
 *     even where an open copy takes none
 */
public record KeptGraph(
    GraphCache cache, String weights, long bytes, boolean atOnce, Runnable beforeSaving) {
  private static final Logger LOG = LoggerFactory.getLogger(KeptGraph.class);

  private static final String WEIGHTS_FOLDER =
      "session.model_external_initializers_file_folder_path";

  /** A second arrangement of weights in memory would gain a twelfth of the time of a step. */
  private static final String AS_IN_THE_FILE = "session.disable_prepacking";

  private static final String SAVED_WEIGHTS =
      "session.optimized_model_external_initializers_file_name";
  private static final String SAVED_FROM_BYTES =
      "session.optimized_model_external_initializers_min_size_in_bytes";
  private static final int FIRST_HEX_DIGITS = 40;

  /** Makes the options of a session, anew each time. */
  interface Options {
    SessionOptions make() throws OrtException;
  }

  /** A session over the optimised copy, which is made first if need be; else over the original. */
  OrtSession open(OnnxModel model, Options options) throws OrtException {
    String key = key(model);
    Optional<Path> entry = cache.find(key);
    if (entry.isEmpty() && (atOnce || cache.askedBefore(key))) {
      entry = save(key, model, options);
    }
    if (entry.isPresent()) {
      try {
        return openKept(entry.get(), options);
      } catch (OrtException damaged) {
        if (OutOfMemory.isMeantBy(OnnxRuntime.message(damaged))) {
          throw damaged; // the copy is sound, and the original takes more
        }
        LOG.info("The optimised copy of {} is dropped: {}", model.name(), damaged.getMessage());
        cache.drop(key);
      }
    }
    try (SessionOptions plain = options.make()) {
      return OnnxRuntime.environment().createSession(model.bytes(), plain);
    }
  }

  private static OrtSession openKept(Path entry, Options options) throws OrtException {
    try (SessionOptions kept = options.make()) {
      kept.addConfigEntry(WEIGHTS_FOLDER, entry.toString());
      kept.addConfigEntry(AS_IN_THE_FILE, "1");
      return OnnxRuntime.environment()
          .createSession(entry.resolve(GraphCache.GRAPH).toString(), kept);
    }
  }

  private Optional<Path> save(String key, OnnxModel model, Options options) {
    Optional<Path> folder = cache.begin(key, bytes);
    if (folder.isEmpty()) {
      return folder;
    }
    beforeSaving.run();
    OrtEnvironment environment = OnnxRuntime.environment();
    try (SessionOptions saving = options.make()) {
      saving.addConfigEntry(AS_IN_THE_FILE, "1");
      saving.addConfigEntry(SAVED_WEIGHTS, GraphCache.WEIGHTS);
      saving.addConfigEntry(SAVED_FROM_BYTES, "1024");
      saving.setOptimizedModelFilePath(folder.get().resolve(GraphCache.GRAPH).toString());
      environment.createSession(model.bytes(), saving).close();
    } catch (OrtException e) {
      LOG.info("No optimised copy of {} is kept: {}", model.name(), OnnxRuntime.message(e));
      cache.abandon(folder.get());
      return Optional.empty();
    }
    NativeHeap.trim();
    return cache.finish(key, folder.get());
  }

  /** What an optimised graph is good for: these weights, this graph, this runtime, this machine. */
  private String key(OnnxModel model) {
    MessageDigest digest = Sha256.digest();
    for (String part : new String[] {weights, OnnxRuntime.version(), Processor.KIND}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    digest.update(model.weightsFolder().toString().getBytes(StandardCharsets.UTF_8));
    byte[] hash = digest.digest(model.bytes());
    return HexFormat.of().formatHex(hash).substring(0, FIRST_HEX_DIGITS);
  }

  /** Which instructions this machine knows: the arrangement of weights depends on it. */
  private static final class Processor {
    static final String KIND = kind();

    private static String kind() {
      String kind = System.getProperty("os.arch");
      try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
        return kind
            + lines
                .takeWhile(line -> !line.isBlank()) // all cores are alike
                .filter(line -> line.matches("(model name|flags|Features|CPU part)\\s.*"))
                .collect(Collectors.joining("\n"));
      } catch (IOException otherSystem) {
        return kind + System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "");
      }
    }
  }
}
