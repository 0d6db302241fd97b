package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes fused layers and writes them into a file, one layer on each core: memory holds only the
 * layers being computed.
 *
 * <p>Immutable; its own threads end with the call.
 *
 * @param layout where each layer belongs
 * @param stored the element type that the fused form of a weight has
 */
record Fusing(SafetensorsLayout layout, Function<WeightTensor, DType> stored, FileChannel file) {
  private static final int CHUNK = 1 << 18;

  /** Base, change, and what the change is computed from, in 32-bit floats. */
  private static final int COPIES = 4;

  /** Computes and writes all layers. */
  void run(List<FusedLayer> layers) throws IOException {
    Queue<FusedLayer> waiting = new ConcurrentLinkedQueue<>(largestFirst(layers));
    Callable<Void> worker =
        () -> {
          for (FusedLayer layer = waiting.poll(); layer != null; layer = waiting.poll()) {
            try {
              write(layer);
            } catch (Throwable e) {
              waiting.clear();
              throw e;
            }
          }
          return null;
        };
    int workers = workers(waiting);
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(workers, worker))) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  /** As many as there are cores, unless their layers together would take over half of the heap. */
  private static int workers(Queue<FusedLayer> layers) {
    FusedLayer largest = layers.peek();
    long bytes = largest == null ? 1 : largest.elements() * Float.BYTES * COPIES;
    long affordable = Runtime.getRuntime().maxMemory() / 2 / Math.max(1, bytes);
    long wanted = Math.min(layers.size(), Runtime.getRuntime().availableProcessors());
    return (int) Math.max(1, Math.min(wanted, affordable));
  }

  /** So that the last ones to end are short. */
  private static List<FusedLayer> largestFirst(List<FusedLayer> layers) {
    return layers.stream()
        .sorted(Comparator.comparingLong(FusedLayer::elements).reversed())
        .toList();
  }

  private void write(FusedLayer layer) throws IOException {
    float[] values = layer.fused().data();
    DType dtype = stored.apply(layer.base());
    long at = layout.offset(layer.base().name());
    int chunk = Math.min(CHUNK, values.length);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(chunk * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += chunk) {
      int to = Math.min(values.length, from + chunk);
      StoredFloats.put(bytes.clear(), dtype, values, from, to);
      FusedCache.writeAll(file, bytes.flip(), at + (long) from * dtype.bytes());
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case Refusal refusal -> throw refusal;
      case IOException io -> io;
      case RuntimeException other -> throw other;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(cause);
    };
  }
}
