package dev.hyperbrush.vae;

import dev.hyperbrush.onnx.ExecutionProvider;
import java.util.function.LongSupplier;

/**
 * When a VAE computes in tiles and when in half precision. Thread-safe.
 *
 * @param freeMemory of the machine, in bytes, asked before each picture
 * @param half what is known of the VAEs of this process
 */
public record VaePolicy(VaeTiling tiling, LongSupplier freeMemory, HalfPrecision half) {
  /**
   * Cards do not say through ONNX Runtime's Java API what they have left; what is more than this
   * goes in tiles. A card that has less reports that it ran out of memory.
   */
  private static final long CARD_BYTES = 8L << 30;

  /** Of a new process. */
  public static VaePolicy of(VaeTiling tiling) {
    return new VaePolicy(tiling, FreeMemory::bytes, new HalfPrecision());
  }

  /** Whether something that takes this much at once is better done in tiles. */
  boolean tiles(long bytes, ExecutionProvider provider) {
    return switch (tiling) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> bytes > (provider.onCard() ? CARD_BYTES : freeMemory.getAsLong());
    };
  }
}
