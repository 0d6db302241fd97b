package dev.hyperbrush.vae;

import dev.hyperbrush.onnx.ExecutionProvider;
import dev.hyperbrush.onnx.OutOfMemory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a VAE computes in tiles and when in half precision. Thread-safe.
 *
 * @param freeMemory of the machine, in bytes, asked before each picture
 * @param half what is known of the VAEs of this process
 */
public record VaePolicy(VaeTiling tiling, LongSupplier freeMemory, HalfPrecision half) {
  private static final Logger LOG = LoggerFactory.getLogger(VaePolicy.class);

  /**
   * Cards do not say through ONNX Runtime's Java API what they have left; what is more than this
   * goes in tiles. A card that has less reports that it ran out of memory.
   */
  private static final long CARD_BYTES = 8L << 30;

  /** Of a new process. */
  public static VaePolicy of(VaeTiling tiling) {
    return new VaePolicy(tiling, FreeMemory::bytes, new HalfPrecision());
  }

  /**
   * Does at once what there is the memory for, and in tiles what there is not: as is expected, or
   * as it turns out. The one place that decides this.
   *
   * @param bytes that it is expected to take at once
   * @throws OutOfMemory when it does not fit in tiles either, or must not be done so
   */
  <T> T run(long bytes, ExecutionProvider provider, Supplier<T> atOnce, Supplier<T> inTiles) {
    if (tiles(bytes, provider)) {
      return inTiles.get();
    }
    try {
      return atOnce.get();
    } catch (OutOfMemory e) {
      if (tiling == VaeTiling.NEVER) {
        throw e;
      }
      LOG.info("There was not the memory to do it at once, so it is done in tiles.", e);
      return inTiles.get();
    }
  }

  /** With as little memory as the operator lets it take. */
  public VaePolicy frugal() {
    return tiling == VaeTiling.NEVER ? this : new VaePolicy(VaeTiling.ALWAYS, freeMemory, half);
  }

  private boolean tiles(long bytes, ExecutionProvider provider) {
    return switch (tiling) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> bytes > (provider.onCard() ? CARD_BYTES : freeMemory.getAsLong());
    };
  }
}
